package page

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html/atom"
)

// A mark is a date that stands somewhere on the page.
type mark struct {
	node       int // what has all of it and nothing else, or a text that has more
	first, end int // its pieces; none if only an attribute has it
	from, to   int // its bytes in its first and in its last piece
	text       string
	date       vatesfeed.Date
	err        error
	form       form
	place      place
	nth        int  // among the dates of its line in such elements
	machine    bool // an attribute has it
	later      bool // it is called the date of a change

	use string // what became of it, for Explain
}

// A place tells how a date stands in its text.
type place int

const (
	within place = iota // with text on both sides
	ending              // at the end of a long text
	starting
	apart // alone, or with a few words
)

// A few words are at most this many bytes.
const fewWords = 60

// findMarks finds the dates of the page, in order.
func (d *document) findMarks() {
	seen := 0 // pieces of dates for machines
	var inTime []*mark
	for i := range d.nodes {
		n := &d.nodes[i]
		if n.pieces < seen {
			continue
		}
		if day, ok := machineDay(n); ok {
			m := &mark{node: i, first: n.pieces, end: d.nodes[i].pieceEnd, date: day, machine: true, place: apart}
			if m.end > m.first {
				m.to = len(d.pieces[m.end-1].data)
				m.text = d.textOf(m.first, m.end)
			}
			if len(m.text) > fewWords || d.readIn(m.first, m.end) > 2*fewWords {
				continue // the element has more than the date
			}
			seen = m.end
			inTime = append(inTime, m)
		}
	}
	taken, done := 0, 0
	nth := make(map[int]int) // dates of the line, by path
	for l := range d.lines {
		start := len(d.marks)
		ln := &d.lines[l]
		for p := max(ln.first, done); p < ln.end; p++ {
			for taken < len(inTime) && inTime[taken].first <= p {
				d.marks = append(d.marks, inTime[taken])
				if taken++; inTime[taken-1].end > p {
					p = inTime[taken-1].end
				}
			}
			if done = max(done, p); p < ln.end {
				d.marksIn(p, p+1)
			}
		}
		if len(d.marks) == start && ln.end-ln.first > 1 {
			d.marksIn(ln.first, ln.end)
		}
		clear(nth)
		for _, m := range d.marks[start:] {
			m.nth = nth[d.nodes[m.node].path]
			nth[d.nodes[m.node].path]++
			m.later = d.isLater(m)
		}
	}
	d.marks = append(d.marks, inTime[taken:]...)
	d.findBoxes()
	var order order
	for _, m := range d.marks {
		order.see(m)
	}
	for _, m := range d.marks {
		order.settle(m)
	}
}

// machineDay returns the day that an element gives for machines.
func machineDay(n *node) (d vatesfeed.Date, ok bool) {
	if len(n.Attr) == 0 {
		return d, false
	}
	var value string
	published := n.DataAtom == atom.Time
	for _, a := range n.Attr {
		switch a.Key {
		case "datetime", "content":
			value = a.Val
		case "title":
			if n.DataAtom == atom.Abbr {
				published, value = true, a.Val
			}
		case "itemprop":
			published = published || a.Val == "datePublished" || a.Val == "dateModified"
		}
	}
	if !published || value == "" {
		return d, false
	}
	return parseMachine(value)
}

// marksIn finds the dates in the text of some pieces of a line.
func (d *document) marksIn(first, end int) {
	s := d.dataOf(first, end)
	if !strings.ContainsAny(s, "0123456789") {
		return
	}
	found := findPrinted(s)
	p, before := first, 0 // a piece, and where its text begins
	for k, date := range found {
		m := &mark{text: s[date.from:date.to], date: date.date, form: date.form}
		m.text, _ = text.Line(m.text)
		for date.from >= before+len(d.pieces[p].data) {
			before += len(d.pieces[p].data)
			p++
		}
		m.first, m.from = p, date.from-before
		for date.to > before+len(d.pieces[p].data) {
			before += len(d.pieces[p].data)
			p++
		}
		m.end, m.to = p+1, date.to-before
		m.node = d.pieces[m.first].node
		if m.end-m.first > 1 {
			if c := d.common(m.node, d.pieces[p].node); d.nodes[c].pieces == m.first && d.nodes[c].pieceEnd == m.end {
				m.node = c
			}
		}
		left, right := 0, len(s)
		if k > 0 {
			left = found[k-1].to
		}
		if k+1 < len(found) {
			right = found[k+1].from
		}
		m.place = placeOf(s[left:date.from], s[date.to:right])
		d.marks = append(d.marks, m)
	}
}

// placeOf tells how a date stands between two texts.
func placeOf(before, after string) place {
	few := len(before)+len(after) <= fewWords && !strings.ContainsAny(before+after, ".!?")
	left, right := strings.TrimFunc(before, isSign), strings.TrimFunc(after, isSign)
	switch {
	case left == "" && right == "":
		return apart
	case left != "" && right != "":
		if few && (strings.ContainsAny(before[len(left):], "|·•–—,:/(") || strings.ContainsAny(after[:len(after)-len(right)], "|·•–—,:/)")) {
			return apart
		}
		return within
	case few:
		return apart
	case left == "":
		return starting
	}
	return ending
}

// isSign reports whether r stands around a date without being read.
func isSign(r rune) bool { return !isWordRune(r) }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isLater reports whether a date is said to be that of a change.
func (d *document) isLater(m *mark) bool {
	n := d.nodes[m.node]
	if n.Parent != nil && m.first < m.end && n.Node.Data == d.pieces[m.first].data {
		n = d.nodes[n.parent]
	}
	class := attr(n.Node, "class") + " " + attr(n.Node, "itemprop")
	if strings.Contains(class, "published") || strings.Contains(class, "datePublished") {
		return false
	}
	if strings.Contains(class, "updated") || strings.Contains(class, "modified") || strings.Contains(class, "Modified") {
		return true
	}
	before := ""
	if m.first < m.end {
		before = d.pieces[m.first].data[:m.from]
		if !isRead(before) && m.first > d.lines[d.pieces[m.first].line].first {
			before = d.pieces[m.first-1].data
		}
		if m.machine {
			before += m.text
		}
	}
	before = strings.ToLower(before[max(0, len(before)-40):])
	for _, word := range []string{"päivitetty", "muokattu", "muutettu", "updated", "modified", "edited", "uppdaterad", "ändrad"} {
		if strings.Contains(before, word) {
			return true
		}
	}
	return false
}

// findBoxes finds dates whose day, month and year are lines of their own.
func (d *document) findBoxes() {
	if len(d.lines) < 2 {
		return
	}
	var boxes []*mark
	k := 0
	for l := 0; l+1 < len(d.lines); l++ {
		for count := 3; count >= 2; count-- {
			if l+count > len(d.lines) {
				continue
			}
			first, end := d.lines[l].first, d.lines[l+count-1].end
			for k < len(d.marks) && d.marks[k].first < first {
				k++
			}
			if end-first > 3 || k < len(d.marks) && d.marks[k].first < end {
				continue
			}
			var words []string
			size := 0
			for _, p := range d.pieces[first:end] {
				if size += len(p.data); size > 200 {
					break
				}
				words = append(words, strings.TrimSpace(p.data))
			}
			s := strings.Join(words, " ")
			if size > 200 || len(s) > 30 {
				continue
			}
			found := findPrinted(s)
			if len(found) != 1 || found[0].from != 0 || found[0].to != len(s) || found[0].form != plain {
				continue
			}
			c := d.common(d.pieces[first].node, d.pieces[end-1].node)
			if d.nodes[c].pieces != first || d.nodes[c].pieceEnd != end {
				continue
			}
			boxes = append(boxes, &mark{node: c, first: first, end: end, to: len(d.pieces[end-1].data), text: s, date: found[0].date, place: apart})
			l += count - 1
			break
		}
	}
	if len(boxes) == 0 {
		return
	}
	merged := make([]*mark, 0, len(d.marks)+len(boxes))
	for _, m := range d.marks {
		for len(boxes) > 0 && boxes[0].first < m.first {
			merged, boxes = append(merged, boxes[0]), boxes[1:]
		}
		merged = append(merged, m)
	}
	d.marks = append(merged, boxes...)
}

// An order is what the dates of a page tell of how they are written.
type order struct {
	dayFirst, monthFirst bool // of 29/1/2024
	long, short          int  // years of four digits and of two
}

func (o *order) see(m *mark) {
	switch {
	case m.form == slashed:
		o.dayFirst = o.dayFirst || m.date.Day > 12
		o.monthFirst = o.monthFirst || m.date.Month > 12
	case m.form == plain && !m.machine && m.place > within && !m.later:
		o.long++
	case m.form == shortYear:
		o.short++
	}
}

// settle says which day a date means, or why that cannot be told.
func (o *order) settle(m *mark) {
	switch {
	case m.form == slashed && o.monthFirst && !o.dayFirst:
		m.date.Day, m.date.Month = int(m.date.Month), time.Month(m.date.Day)
	case m.form == slashed && o.dayFirst == o.monthFirst:
		m.err = fmt.Errorf("%q is %w: the day or the month may stand first, and no date of the page tells which", m.text, errDate)
		return
	case m.form == shortYear && o.short <= o.long:
		m.place = within // such as a number of a version or a section
	}
	if !isDay(m.date) {
		m.err = fmt.Errorf("%q is %w: there is no such day", m.text, errDate)
	}
}
