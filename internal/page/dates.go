package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A mark is a date on the page that an entry may have. Its text is taken out of
// the page when it is found.
type mark struct {
	at    *html.Node // the text node that had the date, or the element around its parts
	first *html.Node // the first text node of it
	text  string
	day   vatesfeed.Date
	err   error // for a date that is on no calendar
}

// The months as Finnish dates name them, without "kuuta".
var months = []string{"tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"}

const (
	weekday = `(?:(?:ma|ti|ke|to|pe|la|su|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na)?\.?,?\s+)?`
	clock   = `(?:(?:\s*[,-])?\s*(?:(?:klo|kello)\.?\s*\d{1,2}(?:[.:]\d{2}(?:[.:]\d{2})?)?|\d{1,2}[.:]\d{2}(?:[.:]\d{2})?))?`
	label   = `(?:(?:viimeksi\s+)?(julkaistu|julkaisupäivä|kirjoitettu|lisätty|luotu|päivä|päiväys|päivämäärä|pvm|publicerad|published|posted|date|` + later + `)\s*:?\s+)?`
)

// written matches a text that is a date, with what may stand around it.
var written = lazy(`(?i)^[\s(–|·•,:-]*` + label + weekday + `(\d{1,2})\.\s*(?:(\d{1,2})\.|(` + strings.Join(months, "|") + `)(?:kuu(?:ta|n)?)?\.?)\s*(\d{4})` + clock + `[\s)–|·•,:-]*$`)

// later is what says that a date is not when a text was published.
const later = `(?:päivitetty|päivitys|muokattu|muutettu|updated|modified)`

var (
	laterLabel = lazy(`(?i)(?:^|[\s_-])` + later)
	laterEnd   = lazy(`(?i)(?:^|[\s,;(])` + later + `\s*:?\s*$`)
	laterDate  = lazy(`(?i)[\s,;(|·–-]*(?:viimeksi\s+)?` + later + `\s*:?\s*\d{1,2}\.\s*\d{1,2}\.\s*\d{4}` + clock + `\)?`)
	someDate   = lazy(`(?i)` + weekday + `\d{1,2}\.\s*(?:\d{1,2}\.|(?:` + strings.Join(months, "|") + `)(?:kuu(?:ta|n)?)?\.?)\s*\d{4}` + clock)
)

// parseWritten reads a text that is a date. It reports whether it is one, and
// whether it says when the entry was published.
func parseWritten(s string) (day vatesfeed.Date, isDate, published bool, err error) {
	if len(s) > 100 {
		return day, false, false, nil
	}
	m := written().FindStringSubmatch(s)
	if m == nil {
		return day, false, false, nil
	}
	month := m[3]
	if m[4] != "" {
		month = strconv.Itoa(slices.Index(months, strings.ToLower(m[4])) + 1)
	}
	day, err = vatesfeed.ParseDate(m[2] + "." + month + "." + m[5])
	if err != nil {
		err = fmt.Errorf("%q is %w: there is no such day", s, vatesfeed.ErrDate)
	}
	return day, true, !laterLabel().MatchString(m[1]), err
}

// parseMachine reads the datetime of a <time>, or another date for machines
// (HTML, section 4.5.14): the day as it is in Helsinki.
func parseMachine(s string) (vatesfeed.Date, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return vatesfeed.DateOf(t), t.Year() > 1 // year 1 is some programs' way to say none
		}
	}
	if len(s) > len(time.DateOnly) && strings.ContainsRune("T ", rune(s[len(time.DateOnly)])) {
		s = s[:len(time.DateOnly)] // a clock time without a zone
	}
	day, err := vatesfeed.ParseDate(s)
	return day, err == nil && day.Year > 1
}

// findDates finds the marks of the page.
func (doc *document) findDates() {
	read := true // there was something to read since the last mark
	for _, l := range doc.lines {
		m := l.findDate()
		if m == nil {
			read = read || isRead(l.text)
			continue
		}
		// Dates with nothing to read between them are one entry's: the day for
		// people and for machines, or some other day after that of publication.
		if n := len(doc.marks); n == 0 || read || l.before(m) || m.entry() != doc.marks[n-1].entry() {
			doc.marks = append(doc.marks, m)
		}
		read = l.after(m)
	}
	doc.marks = onePerEntry(doc.marks)

	// A date in several parts is where its first part is if the element
	// around them has other dates, too.
	count := make(map[*html.Node]int)
	for _, m := range doc.marks {
		for n := m.at; n != nil; n = n.Parent {
			count[n]++
		}
	}
	for _, m := range doc.marks {
		if count[m.at] > 1 {
			m.at = m.first
		}
	}
}

// entry returns the element around a mark that is an entry by its nature, or
// nil.
func (m *mark) entry() *html.Node { return within(m.at, atom.Article, atom.Li, atom.Tr) }

// before and after report whether the line has something to read before and
// after a mark in it.
func (l *line) before(m *mark) bool {
	for _, n := range l.nodes {
		if n == m.at || contains(m.at, n) {
			return false
		}
		if isRead(n.Data) {
			return true
		}
	}
	return false
}

func (l *line) after(m *mark) bool {
	for _, n := range slices.Backward(l.nodes) {
		if isRead(n.Data) {
			return true
		}
		if n == m.at || contains(m.at, n) {
			return false
		}
	}
	return false
}

// onePerEntry leaves the first mark of each element that is an entry by its
// nature and has several, such as the last day to apply. An element is not an
// entry if no other beside it has a date.
func onePerEntry(marks []*mark) []*mark {
	peers := make(map[*html.Node]map[*html.Node]bool) // entries with dates, by parent
	for _, m := range marks {
		if e := m.entry(); e != nil {
			if peers[e.Parent] == nil {
				peers[e.Parent] = make(map[*html.Node]bool)
			}
			peers[e.Parent][e] = true
		}
	}
	seen := make(map[*html.Node]bool)
	return slices.DeleteFunc(marks, func(m *mark) bool {
		e := m.entry()
		if e == nil || len(peers[e.Parent]) < 2 {
			return false
		}
		again := seen[e]
		seen[e] = true
		return again
	})
}

// isRead reports whether a text is something to read, and not just signs.
func isRead(s string) bool {
	return strings.ContainsFunc(s, isWordRune)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// findDate returns the mark of a line, or nil, and takes its text out of the
// page, along with dates of later changes.
func (l *line) findDate() *mark {
	for i, n := range l.nodes {
		if !strings.ContainsAny(n.Data, "0123456789") {
			continue // most of a page
		}
		n.Data = laterDate().ReplaceAllString(n.Data, "")
		if _, isDate, _, _ := parseWritten(fold(n.Data)); isDate && i > 0 && laterEnd().MatchString(fold(l.nodes[i-1].Data)) {
			n.Data, l.nodes[i-1].Data = "", laterEnd().ReplaceAllString(fold(l.nodes[i-1].Data), "")
		}
	}
	if m := l.findTime(); m != nil {
		return m
	}
	var all strings.Builder
	for _, n := range l.nodes {
		all.WriteString(n.Data)
	}
	whole := ""
	if all.Len() < 1000 {
		whole = fold(all.String())
	}
	if day, isDate, published, err := parseWritten(whole); isDate {
		m := &mark{at: common(l.nodes), first: l.nodes[0], text: whole, day: day, err: err}
		if len(l.nodes) == 1 {
			m.at = l.nodes[0]
		}
		for _, n := range l.nodes {
			n.Data = ""
		}
		if !published {
			return nil
		}
		return m
	}
	// In a line that says more, a date is an entry's if it is set apart from
	// the rest, and not part of a sentence.
	for i, n := range l.nodes {
		s := fold(n.Data)
		if day, isDate, published, err := parseWritten(s); isDate && published && l.setApart(i) {
			n.Data = ""
			return &mark{at: n, text: s, day: day, err: err}
		}
	}
	return l.findAmong()
}

func fold(s string) string {
	s, _ = text.Line(s)
	return s
}

// findTime returns the mark of a <time> in the line that says a date for
// machines. One that stands within a sentence is none.
func (l *line) findTime() *mark {
	var found *mark
	for i, n := range l.nodes {
		t := within(n, atom.Time)
		if t == nil {
			continue
		}
		day, ok := parseMachine(attr(t, "datetime"))
		class := attr(t, "class")
		changed := laterLabel().MatchString(class) && !strings.Contains(class, "published")
		switch {
		case !ok:
			continue
		case changed || found != nil:
			n.Data = "" // the rest of the date, or a second one: of a change, or an end
		case i > 0 && i < len(l.nodes)-1 && l.isProse(), i > 0 && endsSentence(l.text) && l.isProse():
			continue
		default:
			found = &mark{at: n, text: fold(n.Data), day: day}
			n.Data = ""
		}
	}
	return found
}

// isProse reports whether the line is long, or says more than a few words in
// its own element beside dates and links.
func (l *line) isProse() bool {
	n := 0
	for _, t := range l.nodes {
		if within(t, atom.Time, atom.A, atom.Span, atom.Small, atom.B, atom.Strong) == nil {
			n += len(strings.Fields(t.Data))
		}
	}
	return n > 4
}

func endsSentence(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!")
}

// findAmong returns the mark of a short line of the kind that stands at the head
// or foot of an entry, in which signs separate a date from a name or the like:
// "29.1.2024 | Maija", "Blogi · 29.1.2024 · 3 min".
func (l *line) findAmong() *mark {
	if utf8.RuneCountInString(l.text) > 80 || l.heading() != nil || l.link() != nil || endsSentence(l.text) {
		return nil
	}
	for _, n := range l.nodes {
		dates := someDate().FindAllStringIndex(n.Data, -1)
		if len(dates) != 1 {
			continue
		}
		at := dates[0]
		before, after := strings.TrimSpace(n.Data[:at[0]]), strings.TrimSpace(n.Data[at[1]:])
		if before != "" && !endsIn(before, "|·•–—,/") || after != "" && !beginsWith(after, "|·•–—,/") {
			continue
		}
		s := fold(n.Data[at[0]:at[1]])
		day, isDate, _, err := parseWritten(s)
		if !isDate || laterLabel().MatchString(before) {
			continue
		}
		n.Data = strings.Trim(before, " |·•–—,:/") + " " + strings.Trim(after, " |·•–—,/")
		return &mark{at: n, text: s, day: day, err: err}
	}
	return nil
}

func endsIn(s, signs string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(signs, r)
}

func beginsWith(s, signs string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(signs, r)
}

// setApart reports whether text node i of the line is not part of a sentence:
// at an end of the line, in an element of its own, or with only a link beside
// it.
func (l *line) setApart(i int) bool {
	if i > 0 && i < len(l.nodes)-1 {
		return false
	}
	n := l.nodes[i]
	if within(n, atom.Time) != nil {
		return true
	}
	if p := n.Parent.DataAtom; within(n, atom.A) == nil {
		switch {
		case p == atom.Span || p == atom.Small:
			if i == 0 || !endsSentence(l.text) && !l.isProse() {
				return true
			}
		case i == 0 && (p == atom.Strong || p == atom.B || p == atom.Em || p == atom.I):
			return !l.isProse()
		}
	}
	rest := l.nodes[1:]
	if i > 0 {
		rest = l.nodes[:i]
	}
	a := within(rest[0], atom.A)
	return a != nil && !contains(a, n) && (&line{nodes: rest}).link() == a
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
