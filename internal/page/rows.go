package page

import (
	"regexp"
	"slices"
	"strings"
)

// A row is a line of an entry, or a part of a line. It is without the entry's
// date.
type row struct {
	text     string
	from, to int  // its part of the page's text
	node     int  // the closest element around it
	heading  int  // or -1
	link     int  // around all of it and nothing else, or -1
	card     int  // the link around it and other rows, or -1
	links    bool // its line has nothing but links
	beside   bool // it stands in the line of the date
	rank     rank
	slot     *slot
}

// A rank says how likely a row is a title, by its markup.
type rank int

const (
	noTitle rank = iota
	inColumn
	isStressed
	isLinked
	inCard
	inHeading
)

// dateWords are those that say that a date follows.
var dateWords = regexp.MustCompile(`(?i)^[\s:,]*(?:julkaistu|julkaisupäivä|päivitetty|muokattu|luotu|lisätty|kirjoitettu|päivä|pvm|` +
	`published|(?:posted )?on|posted|date|updated|publicerad|uppdaterad)[\s:,]*$`)

// rowsOf returns the rows of a part of the text, which has a date or none.
func (d *document) rowsOf(from, to int, date *mark) []*row {
	var rows []*row
	for from < to {
		end := to
		if i := strings.IndexByte(d.text[from:to], '\n'); i >= 0 {
			end = from + i
		}
		rows = append(rows, d.rowsOfLine(from, end, date)...)
		from = end + 1
	}
	links := make(map[int]int)
	for _, w := range rows {
		links[w.link]++
	}
	for _, w := range rows {
		if w.link >= 0 && links[w.link] > 1 {
			w.link, w.card, w.rank = -1, w.link, max(w.rank, inCard)
		}
	}
	return rows
}

// rowsOfLine returns the rows of a line. The date's line is divided at signs, too.
func (d *document) rowsOfLine(from, to int, date *mark) []*row {
	texts := d.textsIn(from, to)
	if len(texts) == 0 {
		return nil
	}
	starts := []int{from}
	hasDate := date != nil && from <= date.to && date.from <= to
	beside := hasDate && d.nodes[texts[0]].heading < 0
	if hasDate {
		starts = append(starts, max(from, date.from), min(to, date.to))
	}
	for i, r := range d.text[from:to] {
		if beside && strings.ContainsRune("|·•", r) {
			starts = append(starts, from+i)
		}
	}
	links := true
	for k, t := range texts {
		links = links && (d.nodes[t].link >= 0 || !isRead(d.nodes[t].Data))
		if k > 0 && date != nil && d.splits(texts[k-1], t, from, to, beside) {
			starts = append(starts, d.nodes[t].from)
		}
	}
	slices.Sort(starts)
	var rows []*row
	for i, end := range append(starts[1:], to) {
		if hasDate && date.from <= starts[i] && end <= date.to {
			continue
		}
		if w := d.row(starts[i], end); w != nil {
			w.links, w.beside = links, beside
			if beside {
				w.text = strings.Trim(w.text, " |·•–—-,:/")
			}
			rows = append(rows, w)
		}
	}
	return rows
}

// splits reports whether a line is two rows between two texts: at the ends of
// links, unless the line is long and goes on after them, between the parts of a
// link, and beside the date around elements that set their text apart.
func (d *document) splits(before, after, from, to int, beside bool) bool {
	b, a := &d.nodes[before], &d.nodes[after]
	switch {
	case a.heading >= 0:
		return false
	case b.link != a.link:
		return beside || to-from <= 2*shortText || a.link >= 0 && d.nodes[a.link].to >= to
	}
	isSpan := func(n *node) bool { return slices.Contains([]string{"span", "small", "time"}, n.Parent.Data) }
	if b.link >= 0 {
		return isSpan(b) && isSpan(a)
	}
	return beside && (isSpan(b) || isSpan(a))
}

// row returns the row that is a part of the text, or nil if this is nothing
// without its dates, or a word that introduces one.
func (d *document) row(from, to int) *row {
	if rest := d.withoutDates(from, to); !isRead(rest) || dateWords.MatchString(rest) {
		return nil
	}
	w := &row{text: d.line(from, to), from: from, to: to, node: -1, card: -1}
	stressed := true
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
		stressed = stressed && (n.Parent.Data == "b" || n.Parent.Data == "strong")
	}
	switch {
	case w.heading >= 0:
		w.rank = inHeading
	case w.link >= 0:
		w.rank = isLinked
	case stressed:
		w.rank = isStressed
	case d.nodes[w.node].Data == "td":
		w.rank = inColumn
	}
	return w
}

// withoutDates returns a part of the text without the dates in it.
func (d *document) withoutDates(from, to int) string {
	rest := ""
	for _, m := range d.marksIn(from, to) {
		rest += d.text[from:m.from]
		from = min(m.to, to)
	}
	return strings.ReplaceAll(rest+d.text[from:to], partEnd, "")
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
