package page

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A mark is a date on the page that an entry may have.
type mark struct {
	at    *html.Node   // the element that holds the date
	nodes []*html.Node // the text nodes that say the date, and nothing else
	day   time.Time
	err   error // for a date that is on no calendar
}

// The months as Finnish dates name them, without "kuuta".
var months = []string{"tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"}

const (
	weekday = `(?:(?:ma|ti|ke|to|pe|la|su|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na)?\.?,?\s+)?`
	clock   = `(?:,?\s*(?:klo|kello)?\.?\s*\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?`
	label   = `(?:(\pL[\pL ]{0,30}):\s*|(julkaistu|julkaisupäivä|kirjoitettu|lisätty|luotu|päiväys|pvm|päivitetty|muokattu|publicerad|published|posted|updated)\s+)?`
)

// written matches a text that is a date, with what may stand around it.
var written = regexp.MustCompile(`(?i)^[\s(–|·•,:-]*` + label + weekday + `(\d{1,2})\.\s*(?:(\d{1,2})\.|(` + strings.Join(months, "|") + `)(?:kuu(?:ta|n)?)?\.?)\s*(\d{4})` + clock + `[\s)–|·•,:-]*$`)

// laterLabel matches what says that a date is not when a text was published.
var laterLabel = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:päivitetty|päivitys|muokattu|muutettu|updated|modified)`)

// parseWritten reads a text that is a date. It reports whether it is one, and
// whether it says when the entry was published.
func parseWritten(s string) (day time.Time, err error, isDate, published bool) {
	if len(s) > 100 {
		return day, nil, false, false
	}
	m := written.FindStringSubmatch(s)
	if m == nil {
		return day, nil, false, false
	}
	month := m[4]
	if m[5] != "" {
		month = strconv.Itoa(slices.Index(months, strings.ToLower(m[5])) + 1)
	}
	day, err = vatesfeed.ParseDate(m[3] + "." + month + "." + m[6])
	if err != nil {
		err = fmt.Errorf("%q is %w: no calendar has it", s, vatesfeed.ErrDate)
	}
	return day, err, true, !laterLabel.MatchString(m[1] + m[2])
}

// parseMachine reads the datetime of a <time>, or another date for machines
// (HTML, section 4.5.14): the day as it is in Helsinki.
func parseMachine(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return vatesfeed.DayOf(t), true
		}
	}
	if len(s) > len(time.DateOnly) && strings.ContainsRune("T ", rune(s[len(time.DateOnly)])) {
		s = s[:len(time.DateOnly)] // a clock time without a zone
	}
	day, err := vatesfeed.ParseDate(s)
	return day, err == nil
}

// findDates finds the marks of the page.
func (doc *document) findDates() {
	timed := make(map[*html.Node]*mark) // by <time> element
	for i, l := range doc.lines {
		for _, m := range l.dates(timed) {
			// Dates with nothing to read between them are one entry's: the
			// day it was published and the day it was changed, or the same
			// day for people and for machines.
			if n := len(doc.marks); n > 0 && !doc.readable(doc.marks[n-1], m, i) {
				doc.marks[n-1].nodes = append(doc.marks[n-1].nodes, m.nodes...)
				continue
			}
			doc.marks = append(doc.marks, m)
		}
	}
}

// readable reports whether there is something to read between two marks, of
// which the second is in line i.
func (doc *document) readable(a, b *mark, i int) bool {
	below := true // still at or after the second mark
	for ; i >= 0; i-- {
		for _, n := range slices.Backward(doc.lines[i].nodes) {
			switch {
			case slices.Contains(b.nodes, n):
				below = false
			case slices.Contains(a.nodes, n):
				return false
			case !below && isRead(n.Data):
				return true
			}
		}
	}
	return true
}

// isRead reports whether a text is something to read, and not just signs.
func isRead(s string) bool {
	return strings.ContainsFunc(s, isWordRune)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// dates returns the marks in a line.
func (l *line) dates(timed map[*html.Node]*mark) []*mark {
	var marks []*mark
	add := func(nodes []*html.Node, day time.Time, err error) *mark {
		m := &mark{at: common(nodes), nodes: nodes, day: day, err: err}
		marks = append(marks, m)
		return m
	}
	// A date for machines is what it is, wherever it stands.
	inTime := false
	for _, n := range l.nodes {
		t := within(n, atom.Time)
		if t == nil {
			continue
		}
		if m := timed[t]; m != nil {
			m.nodes = append(m.nodes, n)
			inTime = true
		} else if day, ok := parseMachine(attr(t, "datetime")); ok && !laterLabel.MatchString(attr(t, "class")) {
			timed[t] = add([]*html.Node{n}, day, nil)
			inTime = true
		}
	}
	if inTime {
		return marks
	}
	if day, err, ok, published := parseWritten(l.text); ok {
		if !published {
			return nil
		}
		add(l.nodes, day, err)
		return marks
	}
	// In a line that says more, a date is an entry's if it is set apart from
	// the rest, and not part of a sentence.
	for i, n := range l.nodes {
		s, _ := text.Line(n.Data)
		day, err, ok, published := parseWritten(s)
		if ok && published && l.setApart(i) {
			add([]*html.Node{n}, day, err)
		}
	}
	return marks
}

// setApart reports whether text node i of the line is not part of a sentence:
// at an end of the line, in an element of its own that does not just stress
// it, or with only a link beside it.
func (l *line) setApart(i int) bool {
	if i > 0 && i < len(l.nodes)-1 {
		return false
	}
	if n := l.nodes[i]; within(n, atom.Time) != nil {
		return true
	} else if i == 0 && (n.Parent.DataAtom == atom.Span || n.Parent.DataAtom == atom.Small) && within(n, atom.A) == nil {
		return true
	}
	rest := l.nodes[1:]
	if i > 0 {
		rest = l.nodes[:i]
	}
	a := within(rest[0], atom.A)
	return a != nil && !contains(a, l.nodes[i]) && (&line{nodes: rest}).link() == a
}

// common returns the closest element that holds all of the nodes.
func common(nodes []*html.Node) *html.Node {
	at := nodes[0].Parent
	for _, n := range nodes[1:] {
		for !contains(at, n) {
			at = at.Parent
		}
	}
	return at
}
