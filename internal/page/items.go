package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
)

// An item is what an entry says, before it is made an article.
type item struct {
	vatesfeed.Article // its sections are only its labels
	entry             *entry
	err               error
	linked            bool   // the link is its title's
	all               string // everything, for a problem
}

// An entry has at most maxLabels labels and authors. The rest is its text.
const maxLabels = 32

// read reads the entries of a listing, or the article if the page is that of one.
func (d *document) read(entries []*entry) []*item {
	if len(entries) == 1 {
		d.widen(entries[0])
	}
	r := d.newReader(entries)
	d.findHeadings(entries)
	var items []*item
	for i, e := range entries {
		items = append(items, r.item(r.rows[i], e))
	}
	dropSharedLinks(items)
	return items
}

// widen makes an entry all of the page's article, if the page is that of one and
// not a listing of one: it has a heading, no other one with a link near its only
// date, and more paragraphs than links.
func (d *document) widen(e *entry) {
	m := e.mark
	if d.h1 < 0 || m.err != nil {
		return
	}
	c := d.common(m.node, d.h1)
	for _, h := range d.headings {
		if h != d.h1 && d.contains(c, h) && d.hasLink(h) {
			return
		}
	}
	below := max(m.to, d.nodes[d.h1].to)
	for below < len(d.text) && d.text[below] != '\n' {
		below++
	}
	for d.isEmpty(below, d.nodes[c].to) && d.nodes[c].parent >= 0 {
		c = d.nodes[c].parent
	}
	start := min(m.node, d.h1)
	from, to := d.nodes[start].from, d.nodes[c].to
	links, texts := 0, 0
	for _, w := range d.rowsOf(from, to, m) {
		switch {
		case w.heading >= 0 || w.beside:
		case w.links || w.stressed:
			links++
		default:
			texts++
		}
	}
	if texts > links {
		*e = entry{mark: m, start: start, end: d.nodes[c].end, from: from, to: to, whole: true}
	}
}

// item reads one entry.
func (r *reader) item(rows []*row, e *entry) *item {
	it := &item{entry: e, err: e.mark.err}
	it.Date = e.mark.date
	all := appendNew(nil, e.mark.text)
	for _, w := range rows {
		all = append(all, w.text)
	}
	it.all = strings.Join(all, "\n\n")

	from, to := r.titleRows(rows)
	title := rows[from:to]
	it.Title = r.titleText(title)
	kept, more := r.sort(it, slices.Concat(rows[:from], rows[to:]))
	summary := r.paragraphs(kept)
	if n := len(summary); it.Title == "" && r.title == nil && n > 1 && isPlainTitle(summary[n-2], summary[n-1]) {
		it.Title, summary = summary[n-1], summary[:n-1]
	}
	it.Summary = strings.Join(summary, "\n\n")
	switch it.Link = r.titleLink(title); {
	case e.whole:
		it.Link = r.links.page
	case it.Link != "":
		it.linked = true
	default:
		it.Link = r.linkOf(e, more)
	}
	return it
}

// sort tells the authors and labels among rows from the summary, which is kept,
// and from links that lead to more.
func (r *reader) sort(it *item, rows []*row) (kept, more []*row) {
	var aside []*row
	for _, w := range rows {
		switch {
		case len(it.Authors) < maxLabels && r.isAuthor(w):
			it.Authors = appendNew(it.Authors, author(w.text))
		case r.isMore(w):
			more = append(more, w)
		case len(it.Sections) < maxLabels && r.isLabel(w):
			it.Sections = appendNew(it.Sections, strings.Trim(w.text, " ,#"))
		case w.beside && len(w.text) < 4, w.slot.same(w):
		case w.links && w.card < 0:
			aside = append(aside, w)
		default:
			kept = append(kept, w)
		}
	}
	if it.Title == "" && len(kept) == 0 {
		kept = aside // all that it says are links
	}
	return kept, more
}

// appendNew adds a text to some, unless it is empty or one of them.
func appendNew(all []string, s string) []string {
	if s == "" || slices.ContainsFunc(all, func(t string) bool { return strings.EqualFold(s, t) }) {
		return all
	}
	return append(all, s)
}

// titleRows returns where among an entry's rows its title is.
func (r *reader) titleRows(rows []*row) (from, to int) {
	from = slices.IndexFunc(rows, func(w *row) bool { return w.slot == r.title && (w.link < 0 || r.isOwn(w)) })
	if from < 0 {
		from = slices.IndexFunc(rows, func(w *row) bool { return w.heading >= 0 })
	}
	if from < 0 {
		return 0, 0
	}
	to = from + 1
	if h := rows[from].heading; h >= 0 {
		for from > 0 && rows[from-1].heading == h {
			from--
		}
		for to < len(rows) && rows[to].heading == h {
			to++
		}
	}
	return from, to
}

// titleText returns what a title says. In a heading that begins with a link and
// has others, such as the number of comments, it is what that link says.
func (r *reader) titleText(title []*row) string {
	var parts []string
	for _, w := range title {
		parts = append(parts, w.text)
	}
	if len(title) == 1 {
		texts := r.textsIn(title[0].from, title[0].to)
		link := r.nodes[texts[0]].link
		for _, t := range texts {
			if other := r.nodes[t].link; link >= 0 && other >= 0 && other != link {
				return r.says(link)
			}
		}
	}
	return strings.Trim(strings.Join(parts, " "), " |·•–—-")
}

// isPlainTitle reports whether the last of some paragraphs, which nothing in
// the markup tells apart, is a title under a summary, as it is in the text
// listings.
func isPlainTitle(above, last string) bool {
	return utf8.RuneCountInString(last) <= 120 && len(last) < len(above) && !strings.HasSuffix(last, ".") && strings.ContainsAny(above[len(above)-1:], ".!?)")
}

// titleLink returns where an entry's title leads.
func (r *reader) titleLink(title []*row) string {
	if len(title) == 0 {
		return ""
	}
	if h := title[0].heading; h >= 0 {
		for i := h; i < r.nodes[h].end; i++ {
			if t := r.address(r.nodes[i].link); t != "" {
				return t
			}
		}
	}
	return r.address(max(title[0].link, title[0].card))
}

// address returns where a link leads, if that is a node and not a place to share
// the entry.
func (r *reader) address(link int) string {
	if link < 0 || isShare(r.nodes[link].Node) {
		return ""
	}
	return r.links.of(r.nodes[link].Node)
}

// linkOf returns the address of an entry's article where its title does not lead
// there: that of the link around its date, of "Lue lisää", or its only one.
func (r *reader) linkOf(e *entry, more []*row) string {
	try := []int{r.nodes[e.mark.node].link}
	for _, w := range more {
		try = append(try, w.link)
	}
	for _, l := range try {
		if t := r.address(l); t != "" {
			return t
		}
	}
	only := ""
	for i := e.start; i < e.end; i++ {
		if r.nodes[i].link != i {
			continue
		}
		t := r.address(i)
		if t != "" && only != "" && t != only {
			return ""
		}
		if t != "" {
			only = t
		}
	}
	return only
}
