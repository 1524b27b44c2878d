package page

import (
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html/atom"
)

// A row is a line of an entry, or a part of the line that has the entry's date.
type row struct {
	text    string
	first   int // its first piece
	end     int
	node    int  // the closest element around it
	goes    bool // it goes on with the paragraph of the row before
	beside  bool // it stands in the line of the date
	link    int  // around all of it and nothing else, or -1
	card    int  // the link around it and other rows, or -1
	heading int
	strong  bool
	links   bool // its line has nothing but links
	slot    *slot
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
		l := d.pieces[first].line
		stop := min(end, d.lines[l].end)
		for k < len(d.marks) && d.marks[k].end <= first {
			k++
		}
		own, to := false, k
		for ; to < len(d.marks) && d.marks[to].first < stop; to++ {
			own = own || d.marks[to] == e.mark
		}
		rows = d.addRows(rows, first, stop, d.marks[k:to], e.mark, own)
		first = stop
	}
	links := make(map[int]int)
	for i, w := range rows {
		w.goes = w.goes && i > 0 && rows[i-1].beside == w.beside
		links[w.link]++
	}
	for _, w := range rows {
		if links[w.link] > 1 {
			w.link, w.card = -1, w.link
		}
	}
	return rows
}

// Characters that no text has (see addText) mark the dates in the texts of rows.
const (
	ownDate   = "\uFDD0" // in place of the entry's own date
	otherDate = "\uFDD1" // before and after another one
)

// addRows adds the rows of the pieces of a line.
func (d *document) addRows(rows []*row, first, end int, marks []*mark, ownMark *mark, own bool) []*row {
	texts := d.withDates(first, end, marks, ownMark)
	links := true
	for p := first; p < end; p++ {
		links = links && (d.nodes[d.pieces[p].node].link >= 0 || !isRead(texts[p-first]))
	}
	start := len(rows)
	defer func() {
		for _, w := range rows[start:] {
			w.links = links
		}
	}()
	goes := d.lines[d.pieces[first].line].goes && d.lines[d.pieces[first].line].first == first
	if d.nodes[d.pieces[first].node].heading >= 0 {
		return d.addRow(rows, texts, first, goes, false)
	}
	size := 0
	for _, s := range texts {
		size += len(s)
	}
	for i := 0; i < len(texts); {
		j := i + 1
		for j < len(texts) && !d.splits(first+j, size, own, first, end) && !strings.Contains(texts[j-1], ownDate) && !strings.Contains(texts[j], ownDate) {
			j++
		}
		if own && j == i+1 && strings.ContainsAny(texts[i], ownDate+"|·•") {
			for part := range strings.FieldsFuncSeq(texts[i], func(r rune) bool { return strings.ContainsRune(ownDate+"|·•", r) }) {
				rows = d.addRow(rows, []string{part}, first+i, false, true)
			}
		} else {
			rows = d.addRow(rows, texts[i:j], first+i, goes || i > 0 && !own, own)
		}
		i = j
	}
	return rows
}

// withDates returns the texts of some pieces with their dates marked.
func (d *document) withDates(first, end int, marks []*mark, own *mark) []string {
	texts := make([]string, end-first)
	for p := first; p < end; p++ {
		data := d.pieces[p].data
		for len(marks) > 0 && marks[0].end <= p {
			marks = marks[1:]
		}
		var b strings.Builder
		at := 0
		for _, m := range marks {
			if m.first > p {
				break
			}
			from, to := at, len(data)
			if p == m.first {
				from = max(at, m.from)
			}
			if p == m.end-1 {
				to = max(from, m.to)
			}
			b.WriteString(data[at:from])
			if m == own {
				b.WriteString(ownDate)
			} else {
				b.WriteString(otherDate + data[from:to] + otherDate)
			}
			at = to
		}
		if texts[p-first] = data; at > 0 || b.Len() > 0 {
			texts[p-first] = b.String() + data[at:]
		}
	}
	return texts
}

// splits reports whether a line is two rows where a piece begins: at the ends of
// links, unless the line is long and goes on after them, and in the line of the
// date also around elements that set their text apart.
func (d *document) splits(p, size int, own bool, first, end int) bool {
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

// addRow adds a row with the texts of some pieces, unless these are nothing
// without their dates, or a word that introduces one.
func (d *document) addRow(rows []*row, texts []string, first int, goes, beside bool) []*row {
	end := first + len(texts)
	s := strings.ReplaceAll(strings.Join(texts, ""), ownDate, " ")
	if strings.Contains(s, otherDate) {
		var rest strings.Builder
		for i, part := range strings.Split(s, otherDate) {
			if i%2 == 0 {
				rest.WriteString(part)
			}
		}
		if !isRead(rest.String()) || isDateWord(rest.String()) {
			return rows
		}
		s = strings.ReplaceAll(s, otherDate, "")
	}
	if isDateWord(s) {
		return rows
	}
	s, _ = text.Line(s)
	if beside {
		s = strings.Trim(s, " |·•–—-,:/")
	}
	if !isRead(s) {
		return rows
	}
	w := &row{text: s, first: first, end: end, goes: goes, beside: beside, link: -1, card: -1, heading: -1, strong: true}
	some := false
	for p := first; p < end; p++ {
		n := &d.nodes[d.pieces[p].node]
		if !isRead(texts[p-first]) {
			continue
		}
		if !some {
			some = true
			w.link, w.heading = n.link, n.heading
		}
		if n.link != w.link {
			w.link = -1
		}
		w.strong = w.strong && d.isStrong(d.pieces[p].node)
	}
	w.node = d.nodes[d.pieces[first].node].parent
	if end-first > 1 {
		w.node = d.common(w.node, d.nodes[d.pieces[end-1].node].parent)
	}
	return append(rows, w)
}

// paragraphs returns what rows say. A row may go on with the one before.
func paragraphs(rows []*row) []string {
	var all []string
	for i := 0; i < len(rows); {
		texts := []string{rows[i].text}
		for i++; i < len(rows) && rows[i].goes && rows[i].first == rows[i-1].end; i++ {
			texts = append(texts, rows[i].text)
		}
		all = append(all, strings.Join(texts, " "))
	}
	return all
}
