package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// noisy are lines of every kind of machine text and of quoted mail.
var noisy = map[string][]string{
	"code": {
		"{code:java}\nthrow new X();\n{code}", "{noformat}slow, etc.{noformat}", "{html}<b>slow</b>{html}", "```\nit should be slow\n```", "``` js\nlet it = be\n```",
		"var x = require('y');", "    if (total > limit) {", "    return total;", "} else {", "public void pay(int sum)", "import java.util.List;", "// pays late",
		"SELECT id FROM payers WHERE late = 1", "$this->pay();", "@Test", "<xml attr=\"1\">", "</payer>", "- availability : Number READONLY", "- pay( sum, due ) : Payment[]",
	},
	"traces": {
		"    at com.example.Pay.run(Pay.java:12)", "   at Pay.Run() in C:\\pay\\Pay.cs:line 12", "    at pay (/srv/pay/index.js:12:7)", "Caused by: java.lang.IllegalStateException: TBD",
		"java.lang.NullPointerException: boom", "java.lang.StackOverflowError", "TypeError: it is undefined", "Traceback (most recent call last):", `  File "pay.py", line 12, in pay`,
		"goroutine 1 [running]:", "panic: it should not happen", "... 12 more", "Exception in thread \"main\" it failed", "--- End of inner exception stack trace ---",
	},
	"logs": {
		"2026-01-02 10:00:00,123 WARN slow query", "2026-01-02T10:00:00Z it is slow", "[2026-01-02 10:00] it is slow", "10:00:00 it is slow", "12/01/26 10:00:00 WARN it is slow",
		"I0529 10:00:00.000001 31506 pay.cpp:12] it is slow", "Jan 2, 2026 10:00:00 AM it is slow", "[ERROR] Failed to execute goal", "INFO: it begins", "DEBUG it ends",
		"[javac] it is deprecated", "BUILD FAILED", "Tests run: 258, Failures: 1", "npm ERR! it is missing", "PayTest.pays:12 expected:<10> but was:<60>",
	},
	"dumps": {
		`"payer": "Dana",`, `{"payer": {"name": "Dana"}}`, "payer.retry.limit=3", "PAY_HOME=/srv/pay", "OS: Ubuntu 24.04", "* Browser: Firefox 120", "Node version: 10.19.0", "----------",
		"|| Header || Header ||", "| cell | cell |", "/srv/pay/lib/pay/main", "C:\\pay\\lib\\main.dll", "$ pay --all", "git push origin main --force", "curl -X POST http://127.0.0.1/pay",
		"iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4", "http://127.0.0.1/pay/later",
	},
	"commits": {
		"commit 0f1e2d3c4b5a69788796a5b4c3d2e1f001122334", "0f1e2d3 pay later", "Author: Dana", "diff --git a/pay.go b/pay.go", "@@ -1,2 +1,2 @@", "+++ b/pay.go", "Merge pull request #12 from dana/pay", "Merge branch 'pay'",
	},
	"mail": {
		"{quote}Why is it slow?{quote}", "bq. can we wait?", "> can we wait?", "From: Dana", "Subject: it is slow", "On Tue, Jan 2, 2026 at 10:00 AM, Dana wrote:", "Sent from my phone",
		"-----Original Message-----\nIt is slow.\n\nIt is late.", "Regards,\nDana",
	},
}

// Ticket noise is no evidence.
func TestNoiseIsLeftOut(t *testing.T) {
	t.Parallel()
	for kind, texts := range noisy {
		for _, text := range texts {
			assert.Empty(t, readBlocks(text), "%s: %s", kind, text)
		}
	}
}

// Lines that only look like noise are what people say.
func TestNoNoise(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"Let the payer choose (by card).", "Return to the list when it is paid.", "Import the payers from last year.", "For each payer there is a list (sorted).",
		"At the end of the month it is slow.", "Error messages should name the payer.", "Run {{pay later}}", "* the sum of the month is shown on top;",
		"Class of 2026 payers get a rebate", "Date of the payment: the first day of the month", "The build of the report takes 20 minutes", "Commit to one date for all payers",
		"If a payer has 3 open invoices (or more), block the 4th one", "The export has 12 columns, 3 of them dates", "Pay within 30 days: 2 %, within 60 days: 0 %",
		"Thanks to the rebate they pay early", "To: and From: dates are mixed up", "Git is where the terms are kept", "Make the list shorter",
		"The version of the terms is missing: customers ask for it", "CC: ACCOUNT-1022 and ACCOUNT-1031.", "支払いを再試行する必要があります", "Счёт должен быть оплачен вовремя",
	} {
		assert.NotEmpty(t, readBlocks(said), said)
	}
}

// A trace amid a report leaves what is said before and after it.
func TestNoiseEndsWithItsLines(t *testing.T) {
	t.Parallel()
	got := readBlocks("It fails at night:\n\n" + strings.Join(noisy["traces"][:5], "\n") + "\n\nIt works by day.")
	assert.Equal(t, "It works by day.", got[len(got)-1].Text)
	assert.Len(t, got, 2)
}

// A line that is not counted word by word has words enough, whatever it is made of.
func TestNoNoiseIsOverlooked(t *testing.T) {
	t.Parallel()
	parts := []string{"pays", "é", "PAY-1031", "支払い", " ", "  ", "10.2.3.4", "1.2", "(3)", "://x", "http://127.0.0.1/pay", "!", "::::", "=", "a", "\u0301", "\t", "ß-ß", "…"}
	few := 0
	for a := range parts {
		for b := range parts {
			for c := range parts {
				for _, times := range []int{1, 3} {
					line := strings.Repeat(parts[a]+parts[b], times) + parts[c]
					if fewWords(line) {
						few++
						assert.True(t, unspoken(line), "%q", line)
					}
				}
			}
		}
	}
	assert.Greater(t, few, 2000)
}
