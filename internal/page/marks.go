package page

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A mark is a date that stands somewhere on the page.
type mark struct {
	printed        // where it stands in the page's text, and what it means
	node    int    // an element that is a date as a whole, or the text where it begins
	unit    int    // the largest node with it and with no other date of its group
	text    string // as it is shown
	err     error  // why it is no day
	place   place
	nth     int    // among the dates of its line in such elements
	later   bool   // it is called the date of a change, or stands in a copyright notice
	use     string // what became of it, for Explain
}

// A place tells how a date stands in its text.
type place int

const (
	within place = iota // with text on both sides
	amid                // between words that say that a date follows, and a few others
	atEdge              // at the start or the end of a long text
	apart               // alone, or with a few words
)

// findMarks finds the dates of the page, in order.
func (d *document) findMarks() {
	all := findPrinted(d.text)
	covered := 0 // the text of dates that are elements
	for i := range d.nodes {
		n := &d.nodes[i]
		if n.from < covered || n.to-n.from > 2*shortText {
			continue // it has more than the date
		}
		if date, ok := machineDate(n.Node); ok {
			p := printed{from: n.from, to: n.to, date: date}
			shown := between(all, n.from, n.to, func(p printed) int { return p.from })
			if len(shown) == 0 {
				p.date = dayIn(d.text[n.from:n.to], date)
			} else if saysOnlyDate(d.text[n.from:shown[0].from] + d.text[min(n.to, shown[0].to):n.to]) {
				p.date = shownDay(shown[0], date)
			}
			d.marks = append(d.marks, &mark{printed: p, node: i, text: d.nodeText(i), place: apart})
			covered = n.to
		}
	}
	elements := d.marks
	for _, p := range all {
		for len(elements) > 0 && elements[0].to <= p.from {
			elements = elements[1:]
		}
		if len(elements) == 0 || p.to <= elements[0].from {
			d.addPrinted(p)
		}
	}
	slices.SortStableFunc(d.marks, func(a, b *mark) int { return a.from - b.from })
	type element struct {
		path uint64
		link int
	}
	nth := make(map[element]int) // dates of the line
	for i, m := range d.marks {
		end := 0 // of the date before
		if i > 0 {
			end = d.marks[i-1].to
		}
		if strings.Contains(d.text[end:m.from], "\n") {
			clear(nth)
		}
		if i+1 < len(d.marks) && d.isChange(m, d.marks[i+1]) {
			m.use = "left out: that of a change"
			continue
		}
		at := element{d.element(m.node).path, d.nodes[m.node].link}
		m.nth = nth[at]
		nth[at]++
		before := d.before(m, min(40, m.from-end))
		after, _, _ := strings.Cut(d.text[m.to:min(len(d.text), m.to+40)], "\n")
		m.later = laterWords.MatchString(before) || m.to > m.from && (strings.Contains(before, "©") || strings.Contains(after, "©"))
		if m.place != apart {
			m.place = d.placeOf(i)
		}
	}
	settle(d.marks)
}

var laterWords = regexp.MustCompile(`(?i)päivitetty|muokattu|muutettu|updated?|modified|edited|uppdaterad|ändrad`)

// isChange reports whether the class of a date says that it is that of a change, or the
// words before it, and those of the next date say that that is another one.
func (d *document) isChange(m, next *mark) bool {
	words := d.text[m.to:next.from]
	if isRead(words) && areDateWords(words) && !strings.Contains(words, "\n") &&
		laterWords.MatchString(d.before(m, 40)) && !laterWords.MatchString(words) {
		return true
	}
	a, b := &d.nodes[m.node], &d.nodes[next.node]
	isLater := func(n *node) bool {
		name := htmltext.Attr(n.Node, "class")
		return laterWords.MatchString(name) && !strings.Contains(name, "published")
	}
	return a.parent == b.parent && isLater(a) && !isLater(b)
}

// machineDate returns the date that an element gives for machines.
func machineDate(n *html.Node) (date vatesfeed.Date, ok bool) {
	switch {
	case n.DataAtom == atom.Abbr, n.DataAtom == atom.Span:
		return parseMachine(htmltext.Attr(n, "title"))
	case n.DataAtom == atom.Time, htmltext.Attr(n, "itemprop") == "datePublished":
		return parseMachine(cmp.Or(htmltext.Attr(n, "datetime"), htmltext.Attr(n, "content")))
	}
	return date, false
}

// saysOnlyDate reports whether a text around a date says no more than that it is one,
// and not that of a change.
func saysOnlyDate(around string) bool {
	const zone = 8 // such as " PST"
	return (len(around) <= zone || areDateWords(around)) && !laterWords.MatchString(around)
}

// shownDay returns the day that an element shows, which may be that of another zone
// than its date for machines, or more up to date.
func shownDay(shown printed, machine vatesfeed.Date) vatesfeed.Date {
	for _, day := range shown.readings() {
		if isDay(day) && (shown.form == plain || isNear(day, machine)) {
			return day
		}
	}
	return machine
}

// dayIn returns the day next to a date if a text has the numbers of that day only, and
// its month or a name: it is written in a way that is not read, and the date is in
// another zone.
func dayIn(text string, date vatesfeed.Date) vatesfeed.Date {
	numbers := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || '9' < r })
	for _, next := range []int{0, -1, 1} {
		day := vatesfeed.DateOf(date.Time().AddDate(0, 0, next))
		isThere := func(n int) bool {
			return slices.ContainsFunc(numbers, func(s string) bool { return strings.TrimLeft(s, "0") == strconv.Itoa(n) })
		}
		if isThere(day.Year) && isThere(day.Day) && (isThere(int(day.Month)) || strings.ContainsFunc(text, unicode.IsLetter)) {
			return day
		}
	}
	return date
}

// addPrinted adds a date that stands in the text. One that goes over several
// lines has to be all that an element says.
func (d *document) addPrinted(p printed) {
	texts := d.textsIn(p.from, p.to)
	m := &mark{printed: p, node: texts[0], text: d.line(p.from, p.to)}
	if strings.Contains(d.text[p.from:p.to], "\n") {
		m.node, m.place = d.common(texts[0], texts[len(texts)-1]), apart
		if !d.fills(p.from, p.to, m.node) {
			return
		}
	}
	d.marks = append(d.marks, m)
}

// placeOf tells how the date with a number stands in its texts, between the
// dates before and after it.
func (d *document) placeOf(i int) place {
	m := d.marks[i]
	texts := d.textsIn(m.from, m.to)
	from, to := d.nodes[texts[0]].from, d.nodes[texts[len(texts)-1]].to
	if i > 0 {
		from = max(from, d.marks[i-1].to)
	}
	if i+1 < len(d.marks) {
		to = min(to, d.marks[i+1].from)
	}
	before, after := d.text[from:m.from], strings.TrimSuffix(d.text[m.to:to], partEnd)
	isSign := func(r rune) bool { return !isWordRune(r) }
	left, right := strings.TrimRightFunc(before, isSign), strings.TrimLeftFunc(after, isSign)
	signs := before[len(left):] + after[:len(after)-len(right)]
	switch few := len(before)+len(after) <= shortText && !sentenceEnd.MatchString(before+"\n"+after+"\n"); {
	case left == "" && right == "", few && (left == "" || right == "" || strings.ContainsAny(signs, "|·•–—,:：/()")):
		return apart
	case few && areDateWords(left):
		return amid
	case left != "" && right != "":
		return within
	}
	return atEdge
}

// sentenceEnd is a sign of a sentence or an address, and not that of "No. 12".
var sentenceEnd = regexp.MustCompile(`[.!?](?: ?[^ \d])`)

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

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
			m.err = fmt.Errorf("%q is %w: the day or the month may stand first, and no date of the page tells which",
				m.text, vatesfeed.ErrDate)
			continue
		case m.form == slashed && monthFirst:
			m.date = m.readings()[1]
		case m.form == shortYear && short <= long:
			m.place = within // such as a number of a version or a section
		}
		if !isDay(m.date) {
			m.err = fmt.Errorf("%q is %w: there is no such day", m.text, vatesfeed.ErrDate)
		}
	}
}
