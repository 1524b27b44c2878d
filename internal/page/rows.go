package page

import (
	"regexp"
	"slices"
	"strings"
)

// A row is a line of an entry, or a part of the line that has the entry's date.
// It is without that date.
type row struct {
	text     string
	from, to int  // its part of the page's text
	node     int  // the closest element around it
	beside   bool // it stands in the line of the date
	link     int  // around all of it and nothing else, or -1
	card     int  // the link around it and other rows, or -1
	heading  int  // or -1
	stressed bool
	links    bool // its line has nothing but links
	slot     *slot
}

// dateWords are those that say that a date follows.
var dateWords = regexp.MustCompile(`(?i)^[\s:,]*(?:julkaistu|julkaisupäivä|päivitetty|muokattu|luotu|lisätty|kirjoitettu|päivä|pvm|published|posted|(?:posted )?on|date|updated|publicerad|uppdaterad)[\s:,]*$`)

// rowsOf returns the rows of a part of the text that has an entry's date, or
// none.
func (d *document) rowsOf(from, to int, date *mark) []*row {
	var rows []*row
	for from < to {
		end := to
		if i := strings.IndexByte(d.text[from:to], '\n'); i >= 0 {
			end = from + i
		}
		if texts := d.textsIn(from, end); len(texts) > 0 {
			rows = append(rows, d.rowsOfLine(from, end, texts, date)...)
		}
		from = end + 1
	}
	links := make(map[int]int)
	for _, w := range rows {
		links[w.link]++
	}
	for _, w := range rows {
		if links[w.link] > 1 {
			w.link, w.card = -1, w.link
		}
	}
	return rows
}

// rowsOfLine returns the rows of a line, or of the part of it that is in an
// entry.
func (d *document) rowsOfLine(from, to int, texts []int, date *mark) []*row {
	starts := []int{from}
	hasDate := date != nil && from <= date.to && date.from <= to
	inHeading := d.nodes[texts[0]].heading >= 0
	if hasDate {
		starts = append(starts, max(from, date.from), min(to, date.to))
	}
	if hasDate && !inHeading {
		for i, r := range d.text[from:to] {
			if strings.ContainsRune("|·•", r) {
				starts = append(starts, from+i)
			}
		}
	}
	links := true
	for k, t := range texts {
		links = links && (d.nodes[t].link >= 0 || !isRead(d.nodes[t].Data))
		if k > 0 && date != nil && !inHeading && d.splits(texts[k-1], t, to, to-from, hasDate) {
			starts = append(starts, d.nodes[t].from)
		}
	}
	slices.Sort(starts)
	var rows []*row
	for i, start := range starts {
		end := to
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if hasDate && date.from <= start && end <= date.to {
			continue
		}
		if w := d.row(start, end); w != nil {
			w.links = links
			if w.beside = hasDate && !inHeading; w.beside {
				w.text = strings.Trim(w.text, " |·•–—-,:/")
			}
			rows = append(rows, w)
		}
	}
	return rows
}

// splits reports whether a line, which ends at to, is two rows between two texts:
// at the ends of links, unless the line is long and goes on after them, and in the
// line of the date also around elements that set their text apart.
func (d *document) splits(before, after, to, size int, hasDate bool) bool {
	b, a := &d.nodes[before], &d.nodes[after]
	if b.link != a.link {
		return hasDate || size <= 2*shortText || a.link >= 0 && d.nodes[a.link].to >= to
	}
	isSpan := func(n *node) bool { tag := n.Parent.Data; return tag == "span" || tag == "small" || tag == "time" }
	return hasDate && b.link < 0 && (isSpan(b) || isSpan(a))
}

// row returns the row that is a part of the text, or nil if this is nothing
// without its dates, or a word that introduces one.
func (d *document) row(from, to int) *row {
	w := &row{text: d.line(from, to), from: from, to: to, node: -1, link: -1, card: -1, heading: -1, stressed: true}
	if rest := d.withoutDates(from, to); !isRead(rest) || dateWords.MatchString(rest) {
		return nil
	}
	for _, t := range d.textsIn(from, to) {
		n := &d.nodes[t]
		if d.isEmpty(max(from, n.from), min(to, n.to)) {
			continue
		}
		if w.node < 0 {
			w.node, w.link, w.heading = n.parent, n.link, n.heading
		}
		if n.link != w.link {
			w.link = -1
		}
		w.node = d.common(w.node, t)
		w.stressed = w.stressed && d.isStressed(t)
	}
	return w
}

// withoutDates returns a part of the text without the dates in it.
func (d *document) withoutDates(from, to int) string {
	k, _ := slices.BinarySearchFunc(d.marks, from, func(m *mark, from int) int { return m.from - from })
	var rest strings.Builder
	for ; k < len(d.marks) && d.marks[k].to <= to; k++ {
		rest.WriteString(d.text[from:d.marks[k].from])
		from = d.marks[k].to
	}
	rest.WriteString(d.text[from:to])
	return strings.ReplaceAll(rest.String(), partEnd, "")
}

// paragraphs returns what rows say. Rows are of one paragraph if nothing stands
// between them but the end of a part or a line.
func (d *document) paragraphs(rows []*row) []string {
	var all []string
	for i, w := range rows {
		between := "\n\n"
		if i > 0 && !w.beside {
			between = d.text[rows[i-1].to:w.from]
		}
		if strings.Trim(between, " \n"+partEnd) == "" && !strings.Contains(between, "\n\n") {
			all[len(all)-1] += " " + w.text
		} else {
			all = append(all, w.text)
		}
	}
	return all
}
