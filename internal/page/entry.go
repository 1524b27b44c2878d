package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
)

// An item is what an entry says, before it is made an article.
type item struct {
	entry   *entry
	date    vatesfeed.Date
	err     error
	title   string
	summary []string
	link    string
	linked  bool // the link is its title's
	whole   bool // the page is this article's
	labels  []string
	authors []string
	all     string // everything, for a problem
}

// An entry has at most maxLabels labels and authors. The rest is its text.
const maxLabels = 32

// item reads one entry.
func (r *reader) item(i int, e *entry) *item {
	rows := r.rows[i]
	it := &item{entry: e, date: e.mark.date, err: e.mark.err}
	all := []string{}
	if e.mark.text != "" {
		all = append(all, e.mark.text)
	}
	for _, w := range rows {
		all = append(all, w.text)
	}
	it.all = strings.Join(all, "\n\n")

	from, to := r.titleRows(rows)
	title := rows[from:to]
	it.title = r.titleText(title)
	var more, kept, aside []*row
	for k, w := range rows {
		switch {
		case from <= k && k < to:
		case len(it.authors) < maxLabels && r.isAuthor(w, rows, k):
			if name := author(w.text); name != "" && !slices.Contains(it.authors, name) {
				it.authors = append(it.authors, name)
			}
		case r.isMore(w, it):
			more = append(more, w)
		case len(it.labels) < maxLabels && r.isLabel(w):
			if label := strings.Trim(w.text, " ,#"); !slices.Contains(it.labels, label) {
				it.labels = append(it.labels, label)
			}
		case r.isNoise(w):
		case w.links && w.card < 0:
			aside = append(aside, w)
		default:
			kept = append(kept, w)
		}
	}
	if it.title == "" && len(kept) == 0 {
		kept = aside // all that it says are links
	}
	it.summary = paragraphs(kept)
	if n := len(it.summary); it.title == "" && r.title == nil && n > 1 && isPlainTitle(it.summary) {
		it.title, it.summary = it.summary[n-1], it.summary[:n-1]
	}
	if it.link = r.titleLink(title); it.link != "" {
		it.linked = true
	} else {
		it.link = r.linkOf(e, more)
	}
	return it
}

// titleRows returns where among an entry's rows its title is.
func (r *reader) titleRows(rows []*row) (from, to int) {
	at := -1
	if r.title != nil {
		at = slices.IndexFunc(rows, func(w *row) bool { return w.slot == r.title && (w.link < 0 || !r.isLabel(w) && !r.isMore(w, nil)) })
	}
	if at < 0 {
		for k, w := range rows {
			if w.heading >= 0 && w.heading != r.d.h1 && (at < 0 || rows[at].link < 0 && w.link >= 0) {
				at = k
			}
		}
	}
	if at < 0 {
		return 0, 0
	}
	end := at + 1
	if h := rows[at].heading; h >= 0 {
		for at > 0 && rows[at-1].heading == h {
			at--
		}
		for end < len(rows) && rows[end].heading == h {
			end++
		}
	}
	return at, end
}

// titleText returns what a title says. In a heading that begins with a link and
// has others, such as the number of comments, it is what that link says.
func (r *reader) titleText(title []*row) string {
	var parts []string
	for _, w := range title {
		parts = append(parts, w.text)
	}
	s := strings.Trim(strings.Join(parts, " "), " |·•–—-")
	if len(title) != 1 || title[0].heading < 0 || title[0].link >= 0 {
		return s
	}
	d, w := r.d, title[0]
	first := d.nodes[d.pieces[w.first].node].link
	if first < 0 || d.nodes[first].pieceEnd > w.end || !isRead(d.pieces[w.first].data) {
		return s
	}
	for p := d.nodes[first].pieceEnd; p < w.end; p++ {
		if d.nodes[d.pieces[p].node].link >= 0 {
			if link := d.nodeText(first); strings.HasPrefix(s, link) {
				return link
			}
			break
		}
	}
	return s
}

// isPlainTitle reports whether the last of some paragraphs, which nothing in
// the markup tells apart, is a title under a summary, as it is in the text
// listings.
func isPlainTitle(paragraphs []string) bool {
	last, above := paragraphs[len(paragraphs)-1], paragraphs[len(paragraphs)-2]
	return utf8.RuneCountInString(last) <= 120 && len(last) < len(above) && !strings.HasSuffix(last, ".") && strings.ContainsAny(above[len(above)-1:], ".!?)")
}

// titleLink returns where an entry's title leads.
func (r *reader) titleLink(title []*row) string {
	if len(title) == 0 {
		return ""
	}
	if h := title[0].heading; h >= 0 {
		for i := h; i < r.d.nodes[h].end; i++ {
			if t := r.address(r.d.nodes[i].link); t != "" {
				return t
			}
		}
	}
	return r.address(max(title[0].link, title[0].card))
}

// address returns where a link leads, if that is a node and not a place to share
// the entry.
func (r *reader) address(link int) string {
	if link < 0 || isShare(r.d.nodes[link].Node) {
		return ""
	}
	return r.links.of(r.d.nodes[link].Node)
}

// linkOf returns the address of an entry's article where its title does not lead
// there: that of the link around all of it, of its date, of "Lue lisää", or its
// only one.
func (r *reader) linkOf(e *entry, more []*row) string {
	d := r.d
	try := []int{d.nodes[e.start].link, d.nodes[e.mark.node].link}
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
		if d.nodes[i].link != i {
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
