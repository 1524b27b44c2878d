package page

import (
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html/atom"
)

// A row is a line of an entry, or a part of the line that has the entry's date.
// It is without that date.
type row struct {
	text       string
	first, end int  // its pieces
	node       int  // the closest element around it
	goes       bool // it goes on with the paragraph of the row before
	beside     bool // it stands in the line of the date
	link       int  // around all of it and nothing else, or -1
	card       int  // the link around it and other rows, or -1
	heading    int  // or -1
	strong     bool
	links      bool // its line has nothing but links
	slot       *slot
}

// A part is a text of a row, or another date than the entry's.
type part struct {
	text  string
	piece int
	date  bool
}

// rowsOf returns the rows of an entry.
func (d *document) rowsOf(e *entry) []*row {
	first, end := d.nodes[e.start].pieces, len(d.pieces)
	if e.end < len(d.nodes) {
		end = d.nodes[e.end].pieces
	}
	k, _ := slices.BinarySearchFunc(d.marks, first, func(m *mark, first int) int { return m.end - first })
	var rows []*row
	for first < end {
		stop := min(end, d.lines[d.pieces[first].line].end)
		for k < len(d.marks) && d.marks[k].end <= first {
			k++
		}
		to := k
		for to < len(d.marks) && d.marks[to].first < stop {
			to++
		}
		rows = d.addRows(rows, first, stop, d.marks[k:to], e.mark)
		first = stop
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

// addRows adds the rows of the pieces of a line.
func (d *document) addRows(rows []*row, first, end int, marks []*mark, date *mark) []*row {
	l := d.lines[d.pieces[first].line]
	inHeading := d.nodes[d.pieces[first].node].heading >= 0
	beside := slices.Contains(marks, date) && !inHeading
	size, start := 0, len(rows)
	for _, p := range d.pieces[first:end] {
		size += len(p.data)
	}
	var parts []part
	endRow := func() {
		if w := d.row(parts); w != nil {
			w.beside = beside
			w.goes = l.goes && parts[0].piece == l.first || !beside && len(rows) > start
			if beside {
				w.text = strings.Trim(w.text, " |·•–—-,:/")
			}
			rows = append(rows, w)
		}
		parts = parts[:0]
	}
	add := func(p int, s string) {
		if !beside {
			parts = append(parts, part{text: s, piece: p})
			return
		}
		for i, field := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("|·•", r) }) {
			if i > 0 {
				endRow()
			}
			parts = append(parts, part{text: field, piece: p})
		}
	}
	for p := first; p < end; p++ {
		if p > first && !inHeading && date != nil && d.splits(p, size, beside, end) {
			endRow()
		}
		data, at := d.pieces[p].data, 0
		for _, m := range marks {
			from, to := 0, len(data)
			if m.first > p || m.end <= p {
				continue
			}
			if p == m.first {
				from = max(at, m.from)
			}
			if p == m.end-1 {
				to = max(from, m.to)
			}
			add(p, data[at:from])
			if m == date {
				endRow()
			} else {
				parts = append(parts, part{text: data[from:to], piece: p, date: true})
			}
			at = to
		}
		add(p, data[at:])
	}
	endRow()
	links := !slices.ContainsFunc(d.pieces[first:end], func(p piece) bool { return d.nodes[p.node].link < 0 && isRead(p.data) })
	for _, w := range rows[start:] {
		w.links = links
	}
	return rows
}

// splits reports whether a line is two rows where a piece begins: at the ends of
// links, unless the line is long and goes on after them, and in the line of the
// date also around elements that set their text apart.
func (d *document) splits(p, size int, own bool, end int) bool {
	before, after := &d.nodes[d.pieces[p-1].node], &d.nodes[d.pieces[p].node]
	if before.link != after.link {
		return own || size <= 2*shortText || after.link >= 0 && d.nodes[after.link].pieceEnd >= end
	}
	if !own || before.link >= 0 {
		return false
	}
	for _, n := range []*node{before, after} {
		switch n.Parent.DataAtom {
		case atom.Span, atom.Small, atom.Time:
			return true
		}
	}
	return false
}

// row returns a row of some parts, or nil if these are nothing without their
// dates, or a word that introduces one.
func (d *document) row(parts []part) *row {
	var all, rest strings.Builder
	w := &row{link: -1, card: -1, heading: -1, strong: true}
	some := false
	for _, p := range parts {
		all.WriteString(p.text)
		if !p.date {
			rest.WriteString(p.text)
		}
		if !isRead(p.text) {
			continue
		}
		n := &d.nodes[d.pieces[p.piece].node]
		if !some {
			some = true
			w.link, w.heading = n.link, n.heading
		}
		if n.link != w.link {
			w.link = -1
		}
		w.strong = w.strong && d.isStrong(d.pieces[p.piece].node)
	}
	if s := rest.String(); !isRead(s) || isDateWord(s) {
		return nil
	}
	w.text, _ = text.Line(all.String())
	w.first, w.end = parts[0].piece, parts[len(parts)-1].piece+1
	w.node = d.common(d.nodes[d.pieces[w.first].node].parent, d.nodes[d.pieces[w.end-1].node].parent)
	return w
}

// isDateWord reports whether a text says that a date follows.
func isDateWord(s string) bool {
	if len(s) > 30 {
		return false
	}
	switch strings.ToLower(strings.Trim(s, " :,\n\t")) {
	case "julkaistu", "julkaisupäivä", "päivitetty", "muokattu", "luotu", "lisätty", "kirjoitettu", "päivä", "pvm",
		"published", "posted", "posted on", "on", "date", "updated", "publicerad", "uppdaterad":
		return true
	}
	return false
}

// paragraphs returns what rows say. A row may go on with the one before.
func paragraphs(rows []*row) []string {
	var all []string
	for i, w := range rows {
		if n := len(all); n > 0 && w.goes && w.first == rows[i-1].end {
			all[n-1] += " " + w.text
		} else {
			all = append(all, w.text)
		}
	}
	return all
}
