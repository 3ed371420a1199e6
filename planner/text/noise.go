package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// noise reports whether a line is machine text: code, a log, a stack trace, a
// command, quoted mail. A quote from it would decorate and explain nothing.
func noise(line string) bool {
	s := strings.TrimSpace(line)
	if s == "" {
		return false
	}
	return beginsNoise(s) || traceLine(s) || logLine(s) || codeLine(s) || dumpLine(s) || unspoken(s)
}

// beginsNoise judges by the first characters.
func beginsNoise(s string) bool {
	switch s[0] {
	case '|', '>', '<', '$', '}':
		return true
	case '{':
		return !strings.HasPrefix(s, "{{")
	case '/':
		return strings.HasPrefix(s, "//") || strings.HasPrefix(s, "/*") || strings.Count(leadingWord(s), "/") > 1 && proseWords(s) < 4
	case '*':
		return strings.HasPrefix(s, "*/")
	case '@':
		return isLetterAt(s, 1) && isUpper(s[1]) && wordLength(s) == len(s) // @Test
	case '"':
		return strings.Contains(s, `":`) || strings.Contains(s, `" :`) && strings.Count(s, `"`) > 3
	}
	return strings.HasPrefix(s, "bq.") || mailHeader(s)
}

func isLetterAt(s string, i int) bool { return i < len(s) && isLetter(s[i]) }

// mailHeader knows the lines that a mail program sets before a quoted mail.
func mailHeader(s string) bool {
	for _, h := range mailHeaders {
		if value, ok := strings.CutPrefix(s, h); ok && value != "" {
			return h == "Subject: " || isDigit(value[0]) || isUpper(value[0]) || strings.IndexByte(`<["`, value[0]) >= 0 || strings.Contains(value, "@")
		}
	}
	return false
}

var mailHeaders = []string{"From: ", "Sent: ", "To: ", "Cc: ", "Bcc: ", "Subject: ", "Reply-To: "}

// traces begin the lines of stack traces of Java, .NET, Python and Go.
var traces = []string{"Caused by:", "Traceback ", "panic:", "goroutine ", "--- End of", "Exception in thread", "Exception:"}

// traceLine knows stack traces.
func traceLine(s string) bool {
	for _, begin := range traces {
		if s[0] == begin[0] && strings.HasPrefix(s, begin) {
			return begin != "goroutine " || strings.Contains(s, "[")
		}
	}
	switch {
	case strings.HasPrefix(s, "at "):
		return frame(strings.TrimLeft(s[3:], " "))
	case strings.HasPrefix(s, `File "`):
		return strings.Contains(s, ", line ")
	case strings.HasPrefix(s, "... "):
		return strings.HasSuffix(s, " more")
	}
	return raised(s)
}

// frame knows "com.example.Pay.run(Pay.java:12)" and "pay (/srv/pay.js:12:7)".
func frame(s string) bool {
	word := leadingWord(s)
	return strings.ContainsAny(word, "(/<$") || strings.Count(word, ".") > 1 || strings.Contains(s, " (") && strings.Contains(s, ":")
}

// raised knows "java.lang.NullPointerException: x" and "TypeError: x".
func raised(s string) bool {
	end := 0
	for end < len(s) && (isLetter(s[end]) || isDigit(s[end]) || s[end] == '.' || s[end] == '$' || s[end] == '_') {
		end++
	}
	name := s[:end]
	if !strings.HasSuffix(name, "Exception") && !strings.HasSuffix(name, "Error") {
		return false
	}
	after := strings.TrimLeft(s[end:], " ")
	return after == "" && strings.Contains(name, ".") || after != "" && (after[0] == ':' || after[0] == '(')
}

var levels = WordSet("INFO DEBUG WARN WARNING ERROR TRACE FATAL SEVERE FINE FINER NOTICE VERBOSE")

// logLine knows what begins with a level, a time, or a build tool's name.
func logLine(s string) bool {
	t := strings.TrimLeft(s, "[(* ")
	if t == "" {
		return false
	}
	word := t[:leading(t, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
	if levels[word] && (len(word) == len(t) || strings.IndexByte(" :]|-\t)", t[len(word)]) >= 0) {
		return true
	}
	return stamped(t) || s[0] == '[' && buildTool(s) || buildOutput(s)
}

// stamped knows a time at the beginning: "2026-01-02 10:00", "10:00:00",
// "12/01/26 10:00", "I0529 10:00:00" and "Jan 2, 2026 10:00:00 AM".
func stamped(s string) bool {
	switch {
	case isDigit(s[0]):
		return shaped(s, "0000-00-00 00:") || shaped(s, "0000-00-00T00:") || shaped(s, "0000/00/00 00:") ||
			shaped(s, "00:00:00") || shaped(s, "00/00/00 00:") || shaped(s, "00/00/0000 00:")
	case isUpper(s[0]):
		if shaped(s[1:], "0000 00:00:00") {
			return true
		}
		month := leadingWord(s)
		return len(month) == 3 && len(s) > 12 && isDigit(s[4]) && clockIn(s[4:min(len(s), 24)]) && strings.Contains("JanFebMarAprMayJunJulAugSepOctNovDec", month)
	}
	return false
}

// shaped reports whether s begins as the pattern does, with any digit for 0.
func shaped(s, pattern string) bool {
	if len(s) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] == '0' && !isDigit(s[i]) || pattern[i] != '0' && s[i] != pattern[i] {
			return false
		}
	}
	return true
}

func clockIn(s string) bool {
	for i := range len(s) {
		if shaped(s[i:], "0:00:00") {
			return true
		}
	}
	return false
}

// buildTool knows "[javac] …", "[exec] …", "[==========] …".
func buildTool(s string) bool {
	end := strings.IndexByte(s, ']')
	if end < 2 {
		return false
	}
	name := s[1:end]
	return strings.Trim(name, "=- ") == "" && strings.TrimSpace(name) != "" || strings.TrimSpace(name) != name && strings.ToUpper(name) == name && strings.TrimSpace(name) != "" ||
		antTasks[strings.TrimSpace(name)]
}

var antTasks = WordSet("exec javac java junit ant copy mkdir delete echo jar apply findbugs checkstyle")

var buildOutputs = []string{
	"BUILD FAILED", "BUILD SUCCESS", "Tests run:", "Failed tests:", "Results :", "Total time:", "Finished at:", "Final Memory:", "Running org.", "Running com.",
	"npm ERR!", "npm WARN", "make: ", "make[", "error TS", "Segmentation fault", "fatal: ", "Process finished", "Program received signal",
	"commit ", "Author: ", "Date: ", "diff --git", "index ", "@@ ", "+++ ", "--- a/", "Merge: ", "Merge branch", "Merge pull request", "Transmitting file data", "Committed revision", "Change-Id:", "Signed-off-by:",
}

func buildOutput(s string) bool {
	for _, p := range buildOutputs {
		if s[0] != p[0] || !strings.HasPrefix(s, p) {
			continue
		}
		if p == "commit " || p == "index " || p == "Date: " {
			return strings.ContainsFunc(leadingWord(s[len(p):]), unicode.IsDigit)
		}
		return true
	}
	return isHash(leadingWord(s)) || strings.Contains(s, "expected:<")
}

// isHash knows the short or long name of a commit.
func isHash(w string) bool {
	return len(w) >= 7 && len(w) <= 40 && strings.Trim(w, "0123456789abcdef") == "" && strings.ContainsAny(w, "0123456789") && strings.ContainsAny(w, "abcdef")
}

// codeLine knows program text that nobody marked as such.
func codeLine(s string) bool {
	switch s[len(s)-1] {
	case '{':
		return true
	case '}':
		return !strings.HasSuffix(s, "}}")
	case ';':
		return proseWords(s) < 4 || codeMarks(s) > 0
	}
	if isLower(s[0]) || s[0] == '#' || isUpper(s[0]) {
		if keywords[leadingWord(s)] && (codeMarks(s) > 0 || strings.ContainsAny(s, "=(") && proseWords(s) < 4) {
			return true
		}
		if command(s) || assigned(s) {
			return true
		}
	}
	return signature(s) || codeMarks(s) > 1 && proseWords(s) < 4
}

var keywords = WordSet("var const let import function public private protected static final return #include package export SELECT INSERT UPDATE DELETE def class if else for while try catch throw new void int using namespace require")

// marksOfCode are what programs are full of and prose is not.
var marksOfCode = []string{"();", "()", "&&", "||", "!=", "==", "=>", "+=", "::", "</", "/>", "${", ");", "('", `("`, " = ", "[]", "0x", "});", "','", "->"}

func codeMarks(s string) (n int) {
	if !strings.ContainsAny(s, "()&|=:<>[]${'0") { // each mark has one of these
		return 0
	}
	for _, m := range marksOfCode {
		n += strings.Count(s, m)
	}
	return n
}

// proseWords counts the words that are nothing but small letters, the first
// aside.
func proseWords(s string) (n int) {
	for w := range strings.FieldsSeq(s) {
		w = strings.TrimRight(strings.TrimLeft(w, `("'“*_`), `.,;:!?)"'”*_`)
		if len(w) < 2 && w != "a" {
			continue
		}
		rest := w[1:]
		if w[0] >= utf8.RuneSelf || isLetter(w[0]) && strings.IndexFunc(rest, func(r rune) bool {
			return r < utf8.RuneSelf && !isLower(byte(r)) && r != '\'' && r != '-'
		}) < 0 {
			n++
		}
	}
	return n
}

var shellCommands = WordSet("git npm mvn curl sudo cd ls wget docker kubectl ant gradle python java node make chmod export echo cat grep tar ssh scp brew pip apt-get yum adb xcodebuild vendor/bin/phpunit phpunit hadoop hdfs")

// command knows what is typed into a shell.
func command(s string) bool {
	word := leadingWord(s)
	if !shellCommands[word] && !strings.HasPrefix(word, "./") {
		return false
	}
	after := s[len(word):]
	return (strings.Contains(after, " -") || strings.ContainsAny(after, "/:=")) && proseWords(after) < 4
}

// assigned knows settings: "retry.limit=3", "export HOME=/x".
func assigned(s string) bool {
	word := leadingWord(s)
	eq := strings.IndexByte(word, '=')
	return eq > 0 && (len(word) == len(s) || proseWords(s) < 3) && strings.IndexByte(word[:eq], '"') < 0
}

// signature knows a documented property: "- hidden : Boolean READONLY".
func signature(s string) bool {
	s = strings.TrimLeft(s, " *#-")
	at := strings.Index(s, " :")
	if at <= 0 {
		return false
	}
	name, kind := strings.TrimRight(s[:at], " "), strings.Fields(s[at+2:])
	if open := strings.IndexByte(name, '('); open > 0 && strings.HasSuffix(name, ")") {
		name = strings.TrimRight(name[:open], " ")
	}
	if strings.ContainsAny(name, " \t") || len(kind) == 0 || !isUpper(kind[0][0]) {
		return false
	}
	for _, w := range kind[1:] {
		if strings.ToUpper(w) != w {
			return false
		}
	}
	return strings.Trim(kind[0], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.<>[]") == ""
}

// platforms are what an environment is described by.
var platforms = WordSet("os version platform sdk cli device browser node npm java jdk xcode studio build host emulator simulator")

// dumpLine knows a description of an environment, and a path by itself.
func dumpLine(s string) bool {
	if len(s) > 3 && s[1] == ':' && s[2] == '\\' && isUpper(s[0]) {
		return true
	}
	label, value, ok := strings.Cut(s, ":")
	if !ok || len(label) > 30 || len(value) > 60 {
		return false
	}
	label = strings.ToLower(strings.Trim(label, " *-#_"))
	last := label[strings.LastIndexByte(label, ' ')+1:]
	return platforms[last] && proseWords(value) < 3 && strings.ContainsAny(value, "0123456789")
}

// unspoken reports whether a line has more signs and digits than words.
func unspoken(s string) bool {
	letters, others := 0, 0
	for i := range len(s) {
		if isLetter(s[i]) {
			letters++
		} else if s[i] != ' ' {
			others++
		}
	}
	if others <= 4 || others <= letters/2 && !strings.Contains(s, "://") {
		return false // as most lines, and more exactly there
	}
	return fewWords(s)
}

// numbered knows the name of an issue, which is a word: "PAY-7".
func numbered(w string) bool {
	project, number, ok := strings.Cut(w, "-")
	return ok && len(project) > 1 && isUpper(project[0]) && strings.Trim(project, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == "" && number != "" && strings.Trim(number, "0123456789") == ""
}

// fewWords is unspoken for any line, which takes longer.
func fewWords(s string) bool {
	letters, others, counted := 0, 0, false
	for w := range strings.FieldsSeq(s) {
		if strings.Contains(w, "://") {
			continue
		}
		if !counted && strings.Count(w, ".") > 1 && strings.Trim(w, "0123456789.,()") == "" {
			counted = true // the first version is one sign, however long
			others++
			continue
		}
		if numbered(strings.Trim(w, "(.,;:)")) {
			letters += len(w)
			continue
		}
		for _, r := range w {
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				letters++
			} else {
				others++
			}
		}
		letters++ // the space after it
	}
	return others > 4 && others > letters/2
}
