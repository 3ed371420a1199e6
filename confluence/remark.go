package confluence

import "refine/internal/lazyregexp"

// remark is what people add, folded, to what others wrote.
var remark = lazyregexp.New(`^(?:` +
	// thanks, laughter, letters
	`(?:thx|thanks)(?: \S+)?|np|lol|(?:ha){2,}.*|danke|merci|gracias|grazie|obrigad[oa]|bedankt|dzieki|cc:? @.*|fyi` +
	`|hi(?: all| team| everyone)|hallo(?: zusammen| alle)|(?:viele |liebe |beste |best |kind )?(?:grusse|gruss|regards|cheers)(?:[, ]+\S+)?|sent from my .*|.* (?:wrote|schrieb|a ecrit):` +
	// consent
	`|\+1(?: (?:from|by) .*| \S+)?|-1|👍(?: (?:from|by|von|de) .*)?|👎.*|ok(?:ay)?(?: (?:for \S+|(?:from|by) .*))?|no objections?|yes(?: please)?|yep|good (?:point|idea)|no|nope|nah|lgtm|done|agreed|ja|nein|oui|non|si|passt(?: so)?|sounds good` +
	`|\(?(?:unanimous(?:ly)?|einstimmig|unanime)\)?|(?:all|everyone|everybody|alle) (?:fine|ok|okay|happy|einverstanden)(?: with (?:that|this|it))?|(?:yes|ja|oui|si),? (?:we do|let's do (?:it|that)|machen wir(?: so)?)` +
	`|both|beide|as (?:proposed|suggested) by \S+` +
	// what there is to look at, to do, or under way
	`|screenshots? (?:below|above|attached)|wip|already done|schon erledigt|started|in progress|ongoing|in arbeit|asap` +
	`)[^\pL\pN]*$`)

// quotes is what somebody said, of three words or more, perhaps with who did: "“make it
// pop” – the boss". Fewer may be what a button is called.
var quotes = lazyregexp.New(`^["“”„«»]\s?\S+ \S+ [^"“”«»]+["“”«»](?:\s*[–—(-].*)?$`)
