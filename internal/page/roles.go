package page

import (
	"regexp"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/byline"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
)

// These are the words of links to more and of comments, and the fragments of links to
// comments; what the classes of labels say; and what rel says of links to labels, and
// to labels and authors.
var (
	moreWords   = regexp.MustCompile(`(?i)^\W*(?:lue\b|jatka lukemista|read more|continue reading|läs (?:mer|hela)|fortsätt läsa)`)
	answers     = regexp.MustCompile(`(?i)^\W*(?:(?:\d+|yksi|ei|jätä|lisää|kirjoita|no|one|leave an?|add an?|inga|lämna en|skriv en) )?(?:komment|comment)\pL*\W*\d*\W*$`)
	answerLinks = regexp.MustCompile(`(?i)#(?:respond|comment|komment|disqus)`)
	labelNamed  = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:category|category-name|categories|cat|kategoria|badge|tags?|topics?|aihe)(?:\s|$)`)
	labelRels   = regexp.MustCompile(`\b(?:tag|category)\b`)
	otherRels   = regexp.MustCompile(`\b(?:tag|category|author)\b`)
)

// shareHosts are those of networks where pages can be shared.
var shareHosts = setOf("facebook.com twitter.com x.com linkedin.com pinterest.com api.whatsapp.com wa.me t.me bsky.app")

// sharePaths are the paths of the pages there.
var sharePaths = regexp.MustCompile(`^(?:sharer|shareArticle|sharing|share(?:\.php|/?$|/?\?)|intent|pin/create|send|dialog|home\?status|\?)`)

// isShare reports whether an address is one to share a page at.
func isShare(address string) bool {
	_, address, _ = strings.Cut(address, "://")
	host, path, _ := strings.Cut(strings.TrimPrefix(address, "www."), "/")
	return shareHosts[host] && sharePaths.MatchString(path)
}

// labelNames and authorNames are common in the paths of the pages of labels and of
// writers.
var (
	labelNames  = setOf("category categories kategoria kategoriat kategori tag tags avainsana avainsanat aihe topic topics etikett")
	authorNames = setOf("author authors kirjoittaja kirjoittajat forfattare")
)

// hasName reports whether one of some names stands before the last one in the path of
// an address.
func hasName(address string, names map[string]bool) bool {
	address = strings.TrimSuffix(address, "/")
	above := address[:strings.LastIndexByte(address, '/')+1]
	above = strings.TrimSuffix(above, "/")
	return names[above[strings.LastIndexByte(above, '/')+1:]]
}

// monthPath is that of the articles of a month.
var monthPath = regexp.MustCompile(`/\d{4}/\d\d/?$`)

// isList reports whether an address is that of a list of articles.
func isList(address string) bool {
	return monthPath.MatchString(address) || hasName(address, labelNames) || hasName(address, authorNames)
}

// target returns where a link leads, or "" if that is no page of its own.
func (d *document) target(link int) string {
	return d.links.of(htmltext.Attr(d.nodes[link].Node, "href"))
}

// address returns where a link leads, if that can be the entry's own page, and
// not one of its labels, or its writer.
func (d *document) address(link int) string {
	if rel := htmltext.Attr(d.nodes[link].Node, "rel"); rel != "" && otherRels.MatchString(rel) {
		return ""
	}
	return d.target(link)
}

// page is address for a link that may also lead to a list of articles, for which it
// returns "".
func (d *document) page(link int) string {
	if address := d.address(link); !isList(address) {
		return address
	}
	return ""
}

// isOwn reports whether a row is neither an author, nor a label or a link to more.
func (r *reader) isOwn(w *row) bool {
	return w.link < 0 || !r.isNoTitle(w) && !r.isLabel(w) && !r.isMore(w, "") && !r.isAuthor(w)
}

// isNoTitle reports whether a row in the place of titles is known not to be one.
func (r *reader) isNoTitle(w *row) bool {
	if n := w.slot.texts[w.text]; n > 2 && 5*n >= 4*w.slot.entries {
		return true
	}
	return w.link >= 0 && (moreWords.MatchString(w.text) || strings.Contains(w.text[:min(len(w.text), 8)], "://") ||
		labelRels.MatchString(htmltext.Attr(r.nodes[w.link].Node, "rel")))
}

// isAnswers reports whether a row only says how many comments there are, or leads to
// them.
func (d *document) isAnswers(w *row) bool {
	return w.heading < 0 && (len(w.text) <= shortText && answers.MatchString(w.text) ||
		w.link >= 0 && answerLinks.MatchString(htmltext.Attr(d.nodes[w.link].Node, "href")))
}

// isMore reports whether a row is a link that only says that there is more to
// read: it is known to, and may say of what, or other entries say the same and lead
// elsewhere.
func (r *reader) isMore(w *row, title string) bool {
	if w.link >= 0 && title != "" && strings.Contains(w.text, title) && moreWords.MatchString(w.text) {
		return true
	}
	if w.heading >= 0 || len(w.text) > shortText {
		return false
	}
	if moreWords.MatchString(w.text) && (w.link >= 0 || len(w.text) < 20 && !w.inText) {
		return true
	}
	n := w.slot.texts[w.text]
	return w.link >= 0 && !w.inText && 5*n >= 2*w.slot.entries && w.slot.targets[w.target] < n
}

// isLabel reports whether a row names what an entry is about: by what HTML says
// of a link, or in that entries share the few names that stand in its place.
func (r *reader) isLabel(w *row) bool {
	s := w.slot
	switch {
	case len(w.text) > shortText || w.heading >= 0 && (w.link < 0 || !w.beside):
		return false
	case w.heading >= 0:
		return !moreWords.MatchString(w.text)
	case w.link < 0 && strings.ContainsAny(w.text, ".!?:0123456789"):
		return false
	case w.link < 0:
		isSame := s.isMost(s.texts[w.words()])
		return s.hasFew() || isSame && w.beside && r.fills(w.from, w.to, w.node) || !isSame && r.title != nil && r.isNamed(w, labelNamed.MatchString)
	case labelRels.MatchString(htmltext.Attr(r.nodes[w.link].Node, "rel")), r.title != nil && (hasName(w.target, labelNames) || r.isNamed(w, labelNamed.MatchString)):
		return true
	}
	t := r.address(w.link)
	return t != "" && (s.hasFew() && 5*len(s.targets) <= 4*s.entries || s.targets[t] > 1 && s.texts[w.text] > 1)
}

// isAuthor reports whether a row names who wrote the entry.
func (r *reader) isAuthor(w *row) bool {
	if len(w.text) > shortText || w.heading >= 0 && byline.Without(w.text) == w.text {
		return false
	}
	if w.link >= 0 {
		if t := w.target; hasName(t, labelNames) || hasName(t, authorNames) {
			return hasName(t, authorNames)
		}
	}
	if r.isNamed(w, func(name string) bool { return strings.Contains(name, "author") }) {
		return true
	}
	by := byline.Without(w.text)
	if by == w.text && !w.beside && (w.link >= 0 || !w.slot.hasFew()) {
		return false
	}
	names := byline.Names(by)
	if by == w.text {
		return len(names) == 1 && r.title != nil // else it may be one
	}
	return w.beside || names != nil && !strings.HasSuffix(by, ".")
}

// isNamed reports whether the markup around a row, up to the first element that says
// more, calls it by a name of some kind.
func (r *reader) isNamed(w *row, isKind func(name string) bool) bool {
	for i := w.node; i >= 0 && r.nodes[i].to-r.nodes[i].from <= 2*shortText; i = r.nodes[i].parent {
		for _, a := range r.nodes[i].Attr {
			if (a.Key == "class" || a.Key == "rel" || a.Key == "itemprop") && isKind(a.Val) {
				return true
			}
		}
		if !r.fills(w.from, w.to, i) {
			break
		}
	}
	return false
}
