package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/byline"
)

// An item is what an entry says, before it is made an article.
type item struct {
	vatesfeed.Article // its sections are only its labels
	entry             *entry
	err               error
	linked            bool   // the link is its title's
	all               string // everything, for a problem or where it says nothing else
}

// An entry has at most maxLabels labels and authors. The rest is its text.
const maxLabels = 32

// widen makes an entry all of the page's article, if the page is that of one and
// not a listing of one: it has a heading, no other one with a link near its only
// date, and more paragraphs than links.
func (d *document) widen(e *entry) {
	m := e.mark
	if d.h1 < 0 {
		return
	}
	c := d.common(m.node, d.h1)
	for _, h := range d.headings {
		if h != d.h1 && d.contains(c, h) && d.hasLink(h, d.nodes[h].end) {
			return
		}
	}
	below := d.lineEnd(max(m.to, d.nodes[d.h1].to))
	for d.isEmpty(below, d.nodes[c].to) && d.nodes[c].parent >= 0 {
		c = d.nodes[c].parent
	}
	start := min(m.node, d.h1)
	rows := slices.DeleteFunc(slices.Clone(d.rowsIn(d.nodes[start].from, d.nodes[c].to)), func(w *row) bool {
		return d.nodes[w.node].aside > d.nodes[m.node].aside
	})
	links, texts := 0, 0
	for _, w := range rows {
		switch {
		case w.rank == inHeading:
		case w.links:
			links++
		default:
			texts += 1 + len(w.text)/(2*shortText) // long ones are surely texts
		}
	}
	if texts > links {
		*e = entry{mark: m, rows: rows, start: start, end: d.nodes[c].end, whole: true}
	}
}

// item reads one entry.
func (r *reader) item(e *entry) *item {
	it, rows := &item{entry: e, err: e.mark.err}, e.rows
	it.Date = e.mark.date
	if len(rows) > 1 && rows[0].isPeriod {
		rows = rows[1:]
	}
	title := slices.IndexFunc(rows, func(w *row) bool { return w.slot == r.title && w.rank > noTitle && !r.isNoTitle(w) })
	if title < 0 {
		title = slices.IndexFunc(rows, func(w *row) bool { return w.rank == inHeading })
		for i := title + 1; 0 < i && i < len(rows) && rows[i].rank == inHeading && rows[i].slot.level < rows[i-1].slot.level; i++ {
			title = i // the one above it is a label
		}
	}
	if title < 0 && r.title != nil && r.title.rank >= isLinked {
		title = slices.IndexFunc(rows, func(w *row) bool {
			return w.rank == r.title.rank && r.nodes[w.node].path == r.nodes[r.title.rows[0].node].path && r.isOwn(w)
		}) // in another column
	}
	if title >= 0 {
		w := rows[title]
		it.Title = r.titleText(w)
		at := max(w.node, w.heading)
		if links := r.addresses(r.nodes[at:min(r.nodes[at].end, at+maxHeading)]); len(links) > 0 {
			it.Link, it.linked = links[0], true
		}
		rows = slices.DeleteFunc(slices.Clone(rows), func(part *row) bool {
			isPart := part != w && w.heading >= 0 && part.heading == w.heading && (w.link < 0 || part.link < 0)
			if isPart {
				it.Title += " " + part.text // after a date
			}
			return isPart || part == w
		})
		if 2*w.slot.distinct(false) <= w.slot.entries && r.contains(w.whole(), e.mark.node) {
			it.Title = r.nodeText(w.whole()) // the date tells it from others
		}
	}
	kept, more := r.sort(it, rows)
	summary := r.paragraphs(kept)
	if n := len(summary); it.Title == "" && r.title == nil && n > 1 && isPlainTitle(summary[n-2], summary[n-1]) {
		it.Title, summary = summary[n-1], summary[:n-1]
	}
	it.Summary = strings.Join(summary, "\n\n")
	if it.err != nil || it.Title == "" && it.Summary == "" {
		all := appendNew(nil, e.mark.text)
		for _, w := range e.rows {
			all = append(all, w.text)
		}
		it.all = strings.Join(all, "\n\n")
	}
	if e.whole {
		it.Link = r.links.page
	} else if it.Link == "" {
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
		case r.isAnswers(w):
		case len(it.Authors) < maxLabels && r.isAuthor(w):
			for _, name := range byline.Split(writer(w.text)) {
				it.Authors = appendNew(it.Authors, name)
			}
		case r.isMore(w, it.Title):
			more = append(more, w)
		case len(it.Sections) < maxLabels && r.isLabel(w):
			it.Sections = appendNew(it.Sections, w.text)
		case w.link >= 0 && w.text == it.Title && it.Link == "":
			it.Link = r.address(w.link)
		case w.beside && len(w.text) < 4, (w.link < 0 || !w.inText) && w.slot.isMost(w.slot.texts[w.words()]):
		case w.links && w.card < 0 && (w.target == "" || w.target != it.Link || w.slot.hasFew() || strings.Contains(w.text, it.Title)):
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

// writer returns the names in a byline, without what may follow them, such as "in
// News on".
func writer(by string) string {
	names := byline.Without(by)
	if names == by {
		return by
	}
	names = " " + names + " "
	for _, word := range []string{" in ", " i ", " on ", " den ", " tags", " Tags", " kategoria"} {
		names, _, _ = strings.Cut(names, word)
	}
	return strings.Trim(names, " :,")
}

// appendNew adds a text to some, unless it is empty or one of them.
func appendNew(all []string, s string) []string {
	if s == "" || slices.ContainsFunc(all, func(t string) bool { return strings.EqualFold(s, t) }) {
		return all
	}
	return append(all, s)
}

// titleText returns what a title says. In a heading that begins with a link and
// has others, such as the number of comments, it is what that link says.
func (r *reader) titleText(w *row) string {
	texts := r.textsIn(w.from, w.to)
	link := r.nodes[texts[0]].link
	for _, t := range texts {
		if other := r.nodes[t].link; link >= 0 && other >= 0 && other != link {
			return r.nodeText(link)
		}
	}
	return strings.TrimRight(strings.Trim(w.text, " |·•–—-"), " ¶")
}

// isPlainTitle reports whether the last of some paragraphs, which nothing in
// the markup tells apart, is a title under a summary, as it is in the text
// listings.
func isPlainTitle(above, last string) bool {
	return utf8.RuneCountInString(last) <= 120 && len(last) < len(above) && !strings.HasSuffix(last, ".") &&
		strings.ContainsAny(above[len(above)-1:], ".!?)")
}

// addresses returns where the links around and in some nodes lead.
func (r *reader) addresses(nodes []node) []string {
	var all []string
	last := -1
	for _, n := range nodes {
		if n.link < 0 || n.link == last {
			continue
		}
		last = n.link
		if t := r.address(n.link); t != "" && (len(all) == 0 || t != all[0]) {
			all = append(all, t)
		}
	}
	return all
}

// linkOf returns the address of an entry's article where its title does not lead
// there: that of the link around its date, of "Lue lisää", or its only one.
func (r *reader) linkOf(e *entry, more []*row) string {
	try := []int{r.nodes[e.mark.node].link}
	for _, w := range more {
		try = append(try, w.link)
	}
	for _, link := range try {
		if link >= 0 && r.page(link) != "" {
			return r.page(link)
		}
	}
	if links := slices.DeleteFunc(r.addresses(r.nodes[e.start:e.end]), isList); len(links) == 1 {
		return links[0]
	}
	return ""
}

// differ reports whether two items with the same link are two articles.
func (it *item) differ(other *item) bool {
	return other.Date != it.Date || other.Title != it.Title || it.Title == "" && other.Summary != it.Summary
}

// dropSharedLinks removes links that lead from several entries to the same place,
// but not from titles: these are not the articles' own, and would make them one. A
// title that is cut stands beside the whole one.
func dropSharedLinks(items []*item) {
	first := make(map[string]*item, len(items))
	shared, whole := make(map[string]bool), make(map[string]bool)
	isCut := func(it *item) bool { return strings.HasSuffix(it.Title, "…") }
	for _, it := range items {
		if other := first[it.Link]; other == nil {
			first[it.Link] = it
		} else if it.differ(other) {
			shared[it.Link] = true
		}
	}
	for _, it := range items {
		if shared[it.Link] && it.linked && !isCut(it) {
			whole[it.Link] = true
		}
	}
	for _, it := range items {
		if shared[it.Link] && (!it.linked || isCut(it) && whole[it.Link]) {
			it.Link = ""
		}
	}
}
