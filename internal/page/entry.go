package page

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
	"golang.org/x/net/html"
)

// An item is what an entry says, before it is made an article.
type item struct {
	vatesfeed.Article // its sections are only its labels
	entry             *entry
	err               error
	linked            bool   // the link is its title's
	whole             bool   // the page is this article's
	all               string // everything, for a problem
}

// An entry has at most maxLabels labels and authors. The rest is its text.
const maxLabels = 32

// item reads one entry.
func (r *reader) item(rows []*row, e *entry) *item {
	it := &item{entry: e, err: e.mark.err}
	it.Date = e.mark.date
	var all []string
	if e.mark.text != "" {
		all = append(all, e.mark.text)
	}
	for _, w := range rows {
		all = append(all, w.text)
	}
	it.all = strings.Join(all, "\n\n")

	from, to := r.titleRows(rows)
	title := rows[from:to]
	it.Title = r.titleText(title)
	kept, more := r.sort(it, slices.Concat(rows[:from], rows[to:]))
	summary := paragraphs(kept)
	if n := len(summary); it.Title == "" && r.title == nil && n > 1 && isPlainTitle(summary[n-2], summary[n-1]) {
		it.Title, summary = summary[n-1], summary[:n-1]
	}
	it.Summary = strings.Join(summary, "\n\n")
	if it.Link = r.titleLink(title); it.Link != "" {
		it.linked = true
	} else {
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
		from = slices.IndexFunc(rows, func(w *row) bool { return w.heading >= 0 && w.heading != r.d.h1 })
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
	s := strings.Trim(strings.Join(parts, " "), " |·•–—-")
	if len(title) != 1 {
		return s
	}
	link := r.d.nodes[r.d.pieces[title[0].first].node].link
	for _, p := range r.d.pieces[title[0].first:title[0].end] {
		if other := r.d.nodes[p.node].link; link >= 0 && other >= 0 && other != link {
			return r.d.nodeText(link)
		}
	}
	return s
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
// there: that of the link around its date, of "Lue lisää", or its only one.
func (r *reader) linkOf(e *entry, more []*row) string {
	try := []int{r.d.nodes[e.mark.node].link}
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
		if r.d.nodes[i].link != i {
			continue
		}
		t := r.address(i)
		if t != "" && only != "" && t != only {
			return ""
		}
		only = cmp.Or(only, t)
	}
	return only
}

var (
	moreWords = regexp.MustCompile(`(?i)^(?:lue\b|jatka lukemista|read more|continue reading|läs (?:mer|hela))`)
	byWords   = regexp.MustCompile(`(?i)^(?:kirjoittanut|kirjoittaja|lähettänyt|julkaissut|teksti|(?:posted |written )?by|(?:skriven )?av)(?:[ :]+|$)`)
)

// isMore reports whether a row is a link that only says that there is more to
// read: it is known to, or other entries say the same and lead elsewhere.
func (r *reader) isMore(w *row) bool {
	if w.heading >= 0 || len(w.text) > shortText {
		return false
	}
	s := w.slot
	if moreWords.MatchString(w.text) && (w.link >= 0 || len(w.text) < 20) {
		return true
	}
	n := s.texts[w.text]
	return w.link >= 0 && n > 1 && 5*n >= 2*s.entries && s.targets[r.links.of(r.d.nodes[w.link].Node)] < n
}

// isOwn reports whether a row is neither a label nor a link to more.
func (r *reader) isOwn(w *row) bool { return !r.isLabel(w) && !r.isMore(w) }

// isLabel reports whether a row names what an entry is about: by what HTML says
// of a link, or in that entries share the few names that stand in its place.
func (r *reader) isLabel(w *row) bool {
	if len(w.text) > shortText || w.heading >= 0 {
		return false
	}
	s := w.slot
	if w.link >= 0 {
		a := r.d.nodes[w.link].Node
		if rel := attr(a, "rel"); hasWord(rel, "tag") || hasWord(rel, "category") {
			return true
		}
		t := r.links.of(a)
		return t != "" && !isShare(a) && (s.hasFew() && 5*len(s.targets) <= 4*s.entries || s.targets[t] > 1 && s.texts[w.text] > 1)
	}
	if strings.ContainsAny(w.text, ".!?:0123456789") || isAnswer(w.text) {
		return false
	}
	return s.hasFew() || s.same(w) && w.beside && r.fills(w, w.node)
}

// fills reports whether a row is all that a node has.
func (r *reader) fills(w *row, i int) bool {
	return r.d.nodes[i].pieces == w.first && r.d.nodes[i].pieceEnd == w.end
}

// isAnswer reports whether a text tells of comments.
func isAnswer(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "komment") || strings.Contains(s, "comment")
}

// isAuthor reports whether a row names who wrote the entry.
func (r *reader) isAuthor(w *row) bool {
	if len(w.text) > shortText || w.heading >= 0 || isAnswer(w.text) {
		return false
	}
	for i := w.node; i >= 0 && r.d.size(i) <= 2*shortText; i = r.d.nodes[i].parent {
		n := &r.d.nodes[i]
		if hasWord(attr(n.Node, "rel"), "author") || hasWord(attr(n.Node, "itemprop"), "author") {
			return true
		}
		for part := range parts(attr(n.Node, "class")) {
			if part == "author" || part == "byline" && r.fills(w, i) {
				return true
			}
		}
		if !r.fills(w, i) {
			break
		}
	}
	name := author(w.text)
	return name != w.text && (w.beside || isName(name)) || isName(w.text) && (w.beside || w.slot.hasFew())
}

// author returns a name without the words that introduce it.
func author(s string) string {
	by := byWords.FindString(s)
	if by == "" {
		return s
	}
	return strings.Trim(strings.TrimSuffix(s[len(by):], " on"), " :,")
}

// isName reports whether a text reads as the name of a person: two to four
// words with capitals.
func isName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) || strings.ContainsAny(w, "0123456789:!?") {
			return false
		}
	}
	return 2 <= len(words) && len(words) <= 4
}

// isShare reports whether a link leads to the entry's tags, its writer, or a
// place to share it.
func isShare(a *html.Node) bool {
	rel := attr(a, "rel")
	if hasWord(rel, "tag") || hasWord(rel, "category") || hasWord(rel, "author") {
		return true
	}
	u, err := url.Parse(attr(a, "href"))
	if err != nil {
		return false
	}
	switch strings.TrimPrefix(u.Hostname(), "www.") {
	case "facebook.com", "twitter.com", "x.com", "linkedin.com", "wa.me", "t.me", "bsky.app", "pinterest.com", "api.whatsapp.com":
		return true
	}
	return false
}
