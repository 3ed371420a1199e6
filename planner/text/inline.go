package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain strips markup within a line and marks what cannot be quoted.
func plain(s string) string {
	if strings.ContainsAny(s, `[]!:{}\*_-`) {
		s = inline(s)
	}
	return gapBlobs(OneLine(s))
}

// inline reads markup from left to right. What it does not know stays.
func inline(s string) string {
	out := make([]byte, 0, len(s)+8)
	shut := 0 // where the emphasis being read ends
	for i := 0; i < len(s); {
		n, put := 0, ""
		switch s[i] {
		case '[':
			n, put = bracketed(s[i:])
		case '!':
			n, put = imageAt(s[i:])
		case ':':
			if scheme := schemeBefore(s[:i]); scheme > 0 && i+1 < len(s) && !isSpace(s[i+1]) {
				out = out[:len(out)-scheme]
				n, put = wordLength(s[i:]), string(unquotable)
			}
		case '{', '}':
			if i+1 < len(s) && s[i+1] == s[i] {
				n = 2
			}
		case '\\':
			if i+1 < len(s) && s[i+1] == s[i] {
				n, put = 2, " "
			}
		case '-':
			if n = struck(s, i); n > 0 {
				put = string(unquotable)
			}
		case '*', '_':
			if end := emphasisEnd(s, i); i == shut && i > 0 || end > 0 {
				n, shut = leading(s[i:], "*_"), max(end, shut)
			}
		}
		if n == 0 {
			n, put = 1, s[i:i+1]
		}
		out = append(out, put...)
		i += n
	}
	return string(out)
}

// bracketed reads a mention, an attachment, or a link, whose words stay.
func bracketed(s string) (n int, put string) {
	end := strings.IndexAny(s[1:], "[]\n") + 1
	if end <= 0 || s[end] != ']' {
		return 0, ""
	}
	within := s[1:end]
	switch words, _, link := strings.Cut(within, "|"); {
	case strings.HasPrefix(within, "~"), strings.HasPrefix(within, "^"), within == "e-mail removed":
		return end + 1, string(unquotable)
	case isAddress(within):
		return end + 1, string(unquotable)
	case link && words != "":
		return end + 1, words + string(unquotable)
	case strings.HasPrefix(s[end+1:], "("): // as Markdown has it
		if shut := strings.IndexByte(s[end+1:min(len(s), end+longestParams)], ')'); shut > 0 {
			return end + 1 + shut + 1, within + string(unquotable)
		}
	}
	return 0, ""
}

func isAddress(s string) bool {
	at := strings.IndexByte(s, ':')
	return at > 0 && schemeBefore(s[:at]) == at
}

// imageAt reads !picture.png|thumbnail!.
func imageAt(s string) (n int, put string) {
	end := strings.IndexByte(s[1:], '!') + 1
	if end <= 1 {
		return 0, ""
	}
	name, _, _ := strings.Cut(s[1:end], "|")
	dot := strings.LastIndexByte(name, '.')
	if dot < 1 || strings.ContainsAny(name, " \t\n") || len(name)-dot < 3 || len(name)-dot > 5 {
		return 0, ""
	}
	return end + 1, string(unquotable)
}

var schemes = []string{"https", "http", "ftp", "file", "mailto", "sftp", "git", "ssh"}

// schemeBefore is the length of the address's scheme that s ends with, a
// bracket before it included.
func schemeBefore(s string) int {
	for _, scheme := range schemes {
		if !strings.HasSuffix(s, scheme) {
			continue
		}
		switch before := s[:len(s)-len(scheme)]; {
		case strings.HasSuffix(before, "["):
			return len(scheme) + 1
		case before == "" || !isLetter(before[len(before)-1]) && !isDigit(before[len(before)-1]):
			return len(scheme)
		}
	}
	return 0
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// wordLength is where the first word of s ends.
func wordLength(s string) int {
	if n := strings.IndexAny(s, " \t\r\n"); n >= 0 {
		return n
	}
	return len(s)
}

// leading counts the leading bytes of s that are in set.
func leading(s, set string) int {
	return len(s) - len(strings.TrimLeft(s, set))
}

// longestEmphasis is how far its end is looked for.
const longestEmphasis = 200

// emphasisEnd is where the emphasis that opens at s[i] is shut, or 0.
func emphasisEnd(s string, i int) int {
	const opensAfter, shutsBefore = "(“\"' \t\n", ").,:;!?”\"' \t\n"
	if before, _ := utf8.DecodeLastRuneInString(s[:i]); i > 0 && !strings.ContainsRune(opensAfter, before) {
		return 0
	}
	start := i + leading(s[i:], "*_")
	if start == len(s) || isSpace(s[start]) {
		return 0
	}
	for j := start; j < min(len(s), start+longestEmphasis) && s[j] != '\n'; j++ {
		if s[j] != '*' && s[j] != '_' {
			continue
		}
		end := j + leading(s[j:], "*_")
		if after, _ := utf8.DecodeRuneInString(s[end:]); !isSpace(s[j-1]) && (end == len(s) || strings.ContainsRune(shutsBefore, after)) {
			return j
		}
		j = end - 1
	}
	return 0
}

// struck is the length of the text at s[i] that somebody has struck out:
// "-twice-". It is withdrawn, so nothing of it is read.
func struck(s string, i int) int {
	if i > 0 && !isSpace(s[i-1]) && s[i-1] != '(' || i+1 == len(s) || isSpace(s[i+1]) || s[i+1] == '-' || s[i+1] == '>' {
		return 0
	}
	for j := i + 2; j < min(len(s), i+longestEmphasis) && s[j] != '\n'; j++ {
		if s[j] == '-' && !isSpace(s[j-1]) && s[j-1] != '-' && (j+1 == len(s) || isSpace(s[j+1]) || strings.IndexByte(").,:;!?", s[j+1]) >= 0) {
			return j + 1 - i
		}
	}
	return 0
}

// longestWord is the length from which a word without a mark is not language:
// a key, a digest, a picture in base64.
const longestWord = 40

// gapBlobs marks what is too long to be a word.
func gapBlobs(s string) string {
	for from := 0; len(s)-from >= longestWord; {
		word := leadingWord(s[from:])
		if len(word) >= longestWord && isBlob(word) {
			s = s[:from] + string(unquotable) + s[from+len(word):]
			word = string(unquotable)
		}
		from += len(word) + 1
	}
	return s
}

// isBlob tells letters mixed with digits from a long word or a path.
func isBlob(w string) bool {
	digits, letters := 0, 0
	for _, r := range w {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		case !strings.ContainsRune("+/=-_", r):
			return false
		}
	}
	return digits*16 >= letters+digits && letters > 0
}
