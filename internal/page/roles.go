package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isMore reports whether a row is a link that only says that there is more to
// read: what others say as well, perhaps with the title.
func (r *reader) isMore(w *row, it *item) bool {
	if w.heading >= 0 || len(w.text) > 2*maxTitle {
		return false
	}
	lower := strings.ToLower(w.text[:min(len(w.text), 40)])
	for _, s := range []string{"lue ", "lue", "jatka lukemista", "read more", "continue reading", "läs mer", "läs hela"} {
		if rest, ok := strings.CutPrefix(lower, s); ok && (w.link >= 0 || len(rest) < 12) && (len(w.text) <= shortText || it != nil && it.title != "" && strings.Contains(w.text, it.title)) {
			return true
		}
	}
	if w.link < 0 {
		return false
	}
	n := w.slot.texts[w.text]
	return n > 1 && 5*n >= 2*w.slot.entries && 2*len(w.slot.targets) > w.slot.entries
}

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
	return s.hasFew() || s.same(w) && w.beside && r.fills(w) && !isDateWord(w.text)
}

// isAnswer reports whether a text tells of comments.
func isAnswer(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "komment") || strings.Contains(s, "comment")
}

// fills reports whether a row is all that its element has.
func (r *reader) fills(w *row) bool {
	return r.d.nodes[w.node].pieces == w.first && r.d.nodes[w.node].pieceEnd == w.end
}

// isDateWord reports whether a text says that a date follows.
func isDateWord(s string) bool {
	if len(s) > 30 {
		return false
	}
	switch strings.ToLower(strings.Trim(s, " :,\n\t")) {
	case "julkaistu", "julkaisupäivä", "päivitetty", "muokattu", "luotu", "lisätty", "kirjoitettu", "päivä", "pvm", "published", "posted", "posted on", "on", "date", "updated", "publicerad", "uppdaterad":
		return true
	}
	return false
}

// isNoise reports whether a row says what most entries say, numbers apart.
func (r *reader) isNoise(w *row) bool {
	if w.heading >= 0 && !w.beside {
		return w.slot.same(w)
	}
	return w.beside && len(w.text) < 4 || w.slot.same(w)
}

// isAuthor reports whether a row names who wrote the entry.
func (r *reader) isAuthor(w *row, rows []*row, k int) bool {
	if len(w.text) > shortText || w.heading >= 0 || isAnswer(w.text) {
		return false
	}
	for i := w.node; i >= 0 && r.d.nodes[i].pieces >= r.d.nodes[rows[0].node].pieces && i >= w.node-6; i = r.d.nodes[i].parent {
		n := r.d.nodes[i].Node
		for _, a := range n.Attr {
			switch a.Key {
			case "rel", "itemprop":
				if hasWord(a.Val, "author") {
					return true
				}
			case "class":
				for part := range parts(a.Val) {
					if part == "author" || part == "byline" {
						return true
					}
				}
			}
		}
		if r.d.nodes[i].pieces != w.first || r.d.nodes[i].pieceEnd != w.end {
			break
		}
	}
	name := author(w.text)
	if name != w.text && (w.beside || isName(name)) {
		return true
	}
	return isName(w.text) && (w.beside || w.slot.hasFew())
}

// author returns a name without the words that introduce it.
func author(s string) string {
	for _, by := range []string{"kirjoittanut", "kirjoittaja", "lähettänyt", "julkaissut", "teksti", "posted by", "written by", "by", "skriven av", "av"} {
		if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) && (s[len(by)] == ' ' || s[len(by)] == ':') {
			return strings.Trim(strings.TrimSuffix(s[len(by):], " on"), " :,")
		}
	}
	switch strings.ToLower(s) {
	case "kirjoittanut", "kirjoittaja", "lähettänyt", "by", "av", "written by", "posted by":
		return ""
	}
	return s
}

// isName reports whether a text reads as the name of a person: two to four
// words with capitals.
func isName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) || strings.ContainsAny(w, "0123456789:!?") {
			return false
		}
	}
	return true
}
