package confluence

import "refine/internal/lazyregexp"

// remark is what people add to what others wrote.
var remark = lazyregexp.New(`^(?:thx|thanks|np|lol|(?:ha){2,}.*|danke|merci|gracias|grazie|obrigad[oa]|bedankt|dzieki|cc:? @.*|\+1(?: (?:from|by) .*)?|-1|ok(?:ay)?(?: (?:for \S+|(?:from|by) .*))?|no objections?|yes|yep|no|lgtm|done|agreed|ja|nein|oui|non|si|passt(?: so)?|sounds good|👍.*|👎.*)[.! ]*$`)

// quotes is what somebody said, of three words or more, perhaps with who did: "“make it
// pop” – the boss". Fewer may be what a button is called.
var quotes = lazyregexp.New(`^["“”„«»]\s?\S+ \S+ [^"“”«»]+["“”«»](?:\s*[–—(-].*)?$`)
