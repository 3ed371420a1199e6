package text

import "strings"

// row is a line of a table. Only the cells of a column that tells what is
// expected are statements; the rest is data.
func (r *blockReader) row(line string) {
	r.flush()
	cells := tableCells(line)
	if r.columns == nil || strings.HasPrefix(line, "||") {
		r.head(cells)
		return
	}
	for n, cell := range cells {
		if n >= len(r.columns) || r.columns[n] == "" || strings.Trim(cell, " -:") == "" {
			continue
		}
		if text := plain(cell); text != "" && !noise(text) {
			r.out = append(r.out, Block{Kind: Bullet, Text: text, Under: r.columns[n], Within: r.tested})
		}
	}
}

// head is a table's first row. Steps with their expected results are a test;
// what is expected beside what is so is a fault.
func (r *blockReader) head(cells []string) {
	r.columns, r.tested = make([]string, len(cells)), ""
	fault := false
	for n, cell := range cells {
		switch label := strings.Trim(plain(cell), " :*_"); {
		case NamesCriteria(label), NamesExpectation(label):
			r.columns[n], r.tested = label, label
		case NamesActual(label):
			fault = true
		}
	}
	if fault {
		r.tested = ""
	}
}

// tableCells splits a row at its bars; those within links are not the row's.
func tableCells(line string) (cells []string) {
	line = strings.Trim(line, "|")
	depth, from := 0, 0
	for i := range len(line) {
		switch line[i] {
		case '[':
			depth++
		case ']':
			depth = max(depth-1, 0)
		case '|':
			if depth == 0 && i >= from {
				cells = append(cells, strings.TrimSpace(line[from:i]))
				from = i + 1
				if from < len(line) && line[from] == '|' {
					from++
				}
			}
		}
	}
	return append(cells, strings.TrimSpace(line[min(from, len(line)):]))
}
