package page

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A mark is a date that stands somewhere on the page.
type mark struct {
	node       int // an element that is a date as a whole, or the text where it begins
	first, end int // its pieces; none if only an attribute has it
	from, to   int // its bytes in its first and in its last piece
	text       string
	date       vatesfeed.Date
	err        error
	form       form
	place      place
	nth        int  // among the dates of its line in such elements
	later      bool // it is called the date of a change

	use string // what became of it, for Explain
}

// A place tells how a date stands in its text.
type place int

const (
	within place = iota // with text on both sides
	atEdge              // at the start or the end of a long text
	apart               // alone, or with a few words
)

// A few words are at most this many bytes.
const fewWords = 60

// findMarks finds the dates of the page, in order.
func (d *document) findMarks() {
	covered := 0 // pieces of dates that are elements
	for i := range d.nodes {
		if d.nodes[i].pieces < covered {
			continue
		}
		if m := d.dateElement(i); m != nil {
			d.marks = append(d.marks, m)
			covered = m.end
		}
	}
	elements := d.marks
	for _, l := range d.lines {
		before := len(d.marks)
		some := false
		for p := l.first; p < l.end; p++ {
			for len(elements) > 0 && elements[0].end <= p {
				elements = elements[1:]
			}
			if len(elements) > 0 && elements[0].first <= p {
				some = true
			} else {
				d.marksIn(p, p+1)
			}
		}
		if !some && len(d.marks) == before && l.end-l.first > 1 {
			d.marksIn(l.first, l.end)
		}
	}
	slices.SortStableFunc(d.marks, func(a, b *mark) int { return cmp.Or(a.first-b.first, a.from-b.from) })
	line := -1
	nth := make(map[int]int) // dates of the line, by path
	for _, m := range d.marks {
		if m.first < m.end {
			if l := d.pieces[m.first].line; l != line {
				clear(nth)
				line = l
			}
			m.later = d.isLater(m)
		}
		m.nth = nth[d.nodes[m.node].path]
		nth[d.nodes[m.node].path]++
	}
	settle(d.marks)
}

// dateElement returns the date that an element gives for machines, or whose day,
// month and year are its lines, or nil.
func (d *document) dateElement(i int) *mark {
	n := &d.nodes[i]
	if n.Type == html.TextNode || n.pieceEnd > n.pieces+9 || d.size(i) > 2*fewWords {
		return nil // it has more than the date
	}
	m := &mark{node: i, first: n.pieces, end: n.pieceEnd, place: apart}
	if m.end > m.first {
		m.to = len(d.pieces[m.end-1].data)
	}
	if date, ok := machineDate(n); ok {
		m.date, m.text = date, d.textOf(m.first, m.end)
		return m
	}
	if m.end-m.first != 2 && m.end-m.first != 3 {
		return nil
	}
	first, last := d.pieces[m.first], d.pieces[m.end-1]
	if first.line == last.line || d.lines[first.line].first != m.first || d.lines[last.line].end != m.end {
		return nil
	}
	var words []string
	for _, p := range d.pieces[m.first:m.end] {
		words = append(words, strings.TrimSpace(p.data))
	}
	m.text = strings.Join(words, " ")
	found := findPrinted(m.text)
	if len(found) != 1 || found[0].from != 0 || found[0].to != len(m.text) || found[0].form != plain {
		return nil
	}
	m.node, m.date = d.common(first.node, last.node), found[0].date
	return m
}

// machineDate returns the date that an element gives for machines.
func machineDate(n *node) (date vatesfeed.Date, ok bool) {
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
			published = published || a.Val == "datePublished"
		}
	}
	if !published || value == "" {
		return date, false
	}
	return parseMachine(value)
}

// marksIn finds the dates in the text of some pieces of a line.
func (d *document) marksIn(first, end int) {
	s := d.dataOf(first, end)
	found := findPrinted(s)
	p, before := first, 0 // a piece, and where its text begins
	for k, date := range found {
		m := &mark{date: date.date, form: date.form}
		m.text, _ = text.Line(s[date.from:date.to])
		for date.from >= before+len(d.pieces[p].data) {
			before += len(d.pieces[p].data)
			p++
		}
		m.first, m.from, m.node = p, date.from-before, d.pieces[p].node
		for date.to > before+len(d.pieces[p].data) {
			before += len(d.pieces[p].data)
			p++
		}
		m.end, m.to = p+1, date.to-before
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
	isSign := func(r rune) bool { return !isWordRune(r) }
	left, right := strings.TrimRightFunc(before, isSign), strings.TrimLeftFunc(after, isSign)
	signs := before[len(left):] + after[:len(after)-len(right)]
	switch few := len(before)+len(after) <= fewWords && !strings.ContainsAny(before+after, ".!?"); {
	case left == "" && right == "", few && (left == "" || right == "" || strings.ContainsAny(signs, "|·•–—,:/()")):
		return apart
	case left != "" && right != "":
		return within
	}
	return atEdge
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

var laterWords = regexp.MustCompile(`(?i)päivitetty|muokattu|muutettu|updated|modified|edited|uppdaterad|ändrad`)

// isLater reports whether a date is said to be that of a change.
func (d *document) isLater(m *mark) bool {
	said := attr(d.nodes[d.element(m.node)].Node, "class") + " " + d.pieces[m.first].data[max(0, m.from-40):m.from]
	if m.first > d.lines[d.pieces[m.first].line].first {
		last := d.pieces[m.first-1].data
		said += " " + last[max(0, len(last)-40):]
	}
	return laterWords.MatchString(said) && !strings.Contains(said, "published")
}

// settle says which day each date means, or why that cannot be told. The dates
// of a page show together how they are written.
func settle(marks []*mark) {
	var dayFirst, monthFirst bool // in 29/1/2024
	var long, short int           // years of four digits and of two
	for _, m := range marks {
		switch {
		case m.form == slashed:
			dayFirst = dayFirst || m.date.Day > 12
			monthFirst = monthFirst || m.date.Month > 12
		case m.form == shortYear:
			short++
		case m.place > within && !m.later:
			long++
		}
	}
	for _, m := range marks {
		switch {
		case m.form == slashed && dayFirst == monthFirst:
			m.err = fmt.Errorf("%q is %w: the day or the month may stand first, and no date of the page tells which", m.text, vatesfeed.ErrDate)
			continue
		case m.form == slashed && monthFirst:
			m.date.Day, m.date.Month = int(m.date.Month), time.Month(m.date.Day)
		case m.form == shortYear && short <= long:
			m.place = within // such as a number of a version or a section
		}
		if !isDay(m.date) {
			m.err = fmt.Errorf("%q is %w: there is no such day", m.text, vatesfeed.ErrDate)
		}
	}
}
