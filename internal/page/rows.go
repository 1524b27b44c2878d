package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A row is a line of an entry, or a part of a line. It is without the entry's
// date.
type row struct {
	text     string
	from, to int    // its part of the page's text
	node     int    // the closest element around it
	heading  int    // or -1
	link     int    // around all of it and nothing else, or -1
	target   string // of the link, or "" if that is no page of its own
	card     int    // the link around it and other rows, or -1
	links    bool   // its line has nothing but links
	beside   bool   // it stands in the line of the date
	isPeriod bool   // it is a heading that says only a year or a month
	inText   bool   // its line begins and ends with text of one element that is no link
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
	inHeading
)

// dateWords are those that say that a date follows.
var dateWords = setOf("julkaistu julkaisupäivä päivitetty muokattu luotu lisätty lähetetty kirjoitettu päivä pvm " +
	"published posted submitted written created released date last update updated on at " +
	"publicerad publicerat uppdaterad bloggat skriven skrivet upplagd inlagd den viimeksi senast")

// titleNames are in the classes of titles that are neither headings nor links, and
// otherTitles in those of what is no title of an entry.
var (
	titleNames  = regexp.MustCompile(`(?i)title|headline|otsikko|rubrik`)
	otherTitles = regexp.MustCompile(`(?i)(?:sub|job|author|user|site|page|widget|section)[\w-]*title`)
)

func isTitleClass(class string) bool {
	return class != "" && titleNames.MatchString(class) && !otherTitles.MatchString(class)
}

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// areDateWords reports whether a text only says that a date follows.
func areDateWords(s string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !dateWords[strings.ToLower(w)] {
			return false
		}
	}
	return !strings.ContainsAny(s, "0123456789")
}

// pageWords are those of notices that say what was changed.
var pageWords = regexp.MustCompile(`(?i)©|\b(?:this page was|page|sivua?|sidan)\b`)

// areNoticeWords reports whether a text only says that the date of a notice follows.
func areNoticeWords(s string) bool { return areDateWords(pageWords.ReplaceAllString(s, "")) }

// findRows divides the page's text into rows.
func (d *document) findRows(listing []*mark) {
	for from := 0; from < len(d.text); {
		end := d.lineEnd(from)
		for len(listing) > 0 && listing[0].to < from {
			listing = listing[1:]
		}
		n := 0
		for n < len(listing) && listing[n].from <= end {
			n++
		}
		if texts := d.textsIn(from, end); len(texts) > 0 {
			d.addRows(from, end, texts, listing[:n])
		}
		from = end + 1
	}
	links := make(map[int]int)
	for _, w := range d.rows {
		links[w.link]++
	}
	for _, w := range d.rows {
		if w.link >= 0 && links[w.link] > 1 {
			w.link, w.card, w.rank = -1, w.link, max(w.rank, isLinked)
		}
	}
}

// addRows adds the rows of a line, which has some dates of entries. A line with
// such a date is divided at signs, too.
func (d *document) addRows(from, to int, texts []int, dates []*mark) {
	starts := append(make([]int, 0, 8), from)
	dated := len(dates) > 0
	beside := dated && d.nodes[texts[0]].heading < 0
	for _, x := range dates {
		starts = append(starts, max(from, x.from), min(to, x.to), min(to, max(from, d.nodes[x.unit].from)))
	}
	for i := from; beside && i < to; i++ {
		n := strings.IndexAny(d.text[i:to], "|·•")
		if n < 0 {
			break
		}
		i += n
		starts = append(starts, i)
	}
	isText := func(t int) bool { return d.nodes[t].link < 0 && isRead(d.nodes[t].Data) }
	one, other := texts[0], texts[len(texts)-1]
	inText := !beside && isText(other) && d.nodes[one].parent == d.nodes[other].parent &&
		slices.ContainsFunc(texts, func(t int) bool { return !isText(t) })
	links := true
	for k, t := range texts {
		links = links && (d.nodes[t].link >= 0 || !isRead(d.nodes[t].Data))
		if k > 0 && d.splits(texts[k-1], t, from, to, dated) {
			starts = append(starts, d.nodes[t].from)
		}
	}
	slices.Sort(starts)
	first := len(d.rows)
	for i, end := range append(starts[1:], to) {
		for len(dates) > 0 && dates[0].to < end {
			dates = dates[1:]
		}
		if len(dates) > 0 && dates[0].from <= starts[i] {
			continue
		}
		if w := d.row(starts[i], end); w != nil {
			w.links, w.beside, w.inText = links, dated, inText
			if w.rank == isLinked && 2*(w.to-w.from) <= to-from && (inText || !beside && d.endsText(from, w)) {
				w.rank = noTitle
			}
			w.text = d.says(w)
			d.rows = append(d.rows, w)
		} else if last := len(d.rows) - 1; last >= first && d.isEmpty(starts[i], end) && d.rows[last].to == starts[i] {
			d.rows[last].to = end // signs at the end of a text
		}
	}
}

// endsText reports whether a link goes on with a text from some place in its line:
// both are in one element, and the text ends with a word, and not just with a number
// or a sign.
func (d *document) endsText(from int, w *row) bool {
	texts := d.textsIn(from, w.from)
	if len(texts) == 0 || d.nodes[texts[len(texts)-1]].parent != d.nodes[w.link].parent {
		return false
	}
	before := strings.TrimRight(d.text[from:w.from], " \u00a0"+partEnd)
	last, _ := utf8.DecodeLastRuneInString(before)
	return (isWordRune(last) || last == '.') && !number.MatchString(before)
}

// splits reports whether a line is two rows between two texts: at the ends of
// links, unless the line is long and goes on after them, between the parts of a
// link that begins with one, and beside the date around elements that set their
// text apart. A heading is, between links beside the date.
func (d *document) splits(before, after, from, to int, dated bool) bool {
	b, a := &d.nodes[before], &d.nodes[after]
	switch {
	case a.heading >= 0:
		return dated && a.link >= 0 && (b.link >= 0 || !isRead(b.Data))
	case b.link != a.link:
		return dated || to-from <= 2*shortText || a.link >= 0 && d.nodes[a.link].to >= to
	}
	isSpan := func(n *node) bool { return n.Parent.Data == "span" }
	if b.link >= 0 {
		return isSpan(b) && isSpan(a) && d.nodes[b.link+1].DataAtom != 0
	}
	return dated && (isSpan(b) || isSpan(a))
}

// row returns the row that is a part of the text, or nil if this is nothing
// without its dates, or a word that introduces one.
func (d *document) row(from, to int) *row {
	rest := d.withoutDates(from, to)
	if !isRead(rest) || len(rest) <= shortText && (areDateWords(rest) || len(rest) < to-from && areNoticeWords(rest)) {
		return nil
	}
	w := &row{from: from, to: to, node: -1, card: -1}
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
	switch parent := d.nodes[w.node].parent; {
	case w.heading >= 0:
		w.rank = inHeading
		w.isPeriod = w.link < 0 && isYear(d.nodeText(w.heading))
	case w.link >= 0:
		w.rank = isLinked
	case stressed, isTitleClass(class(d.nodes[w.node].Node)):
		w.rank = isStressed
	case d.nodes[w.node].Data == "td", d.nodes[parent].Data == "td" && d.fills(from, to, parent):
		w.rank = inColumn
	}
	return w
}

// withoutDates returns a part of the text without the dates in it.
func (d *document) withoutDates(from, to int) string {
	marks := d.marksIn(from, to)
	if len(marks) == 0 {
		return d.text[from:to]
	}
	var rest strings.Builder
	for _, m := range marks {
		rest.WriteString(d.text[from:m.from])
		from = min(m.to, to)
	}
	return rest.String() + d.text[from:to]
}

// says returns what rows say that stand next to each other.
func (d *document) says(rows ...*row) string {
	s := d.line(rows[0].from, rows[len(rows)-1].to)
	if rows[0].beside {
		s = strings.TrimRight(strings.TrimLeft(s, " |·•–—-,:/)]"), " |·•–—-,:/")
	}
	return strings.TrimSuffix(s, " (") // before a link or a date
}

// paragraphs returns what rows say. Rows are of one paragraph if nothing stands
// between them but the end of a part or a line.
func (d *document) paragraphs(rows []*row) []string {
	var all []string
	for i := 0; i < len(rows); {
		first := i
		for i++; i < len(rows) && !rows[i].beside; i++ {
			between := d.text[rows[i-1].to:rows[i].from]
			if strings.Trim(between, " \n"+partEnd) != "" || strings.Contains(between, "\n\n") {
				break
			}
		}
		all = append(all, d.says(rows[first:i]...))
	}
	return all
}
