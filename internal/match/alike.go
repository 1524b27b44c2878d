package match

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const maxApart Day = 10 // between an article's date and its corrected date

const (
	minSentence = 25 // bytes of a first sentence
	minBegin    = 10 // bytes of a text that begins another
	minContain  = 20 // sequences in a text that another contains
	longContain = 60 // the same, where the days differ
)

// A form holds what likeness compares.
type form struct {
	slug     string
	title    string // plain
	text     string // plain; the title where there is no text
	sentence string // plain: the first of the text
	cut      bool   // the text ends in an ellipsis
	grams    []uint64
	sketch   [16]uint64 // of the title and the text
	bits     int        // how many are set in the sketch
}

func newForm(i *item) *form {
	text := cmp.Or(i.Text, i.Title)
	f := &form{slug: slug(i.address), title: plain(i.Title), text: plain(text)}
	if end := strings.IndexAny(text, ".!?"); end >= 0 {
		f.sentence = plain(text[:end])
	}
	_, f.cut = whole(text)
	f.grams = gramSet(f.text)
	for _, gram := range append(gramSet(f.title), f.grams...) {
		hash := gram * 0x9e3779b97f4a7c15 >> 54 // 10 bits
		f.sketch[hash>>6] |= 1 << (hash & 63)
	}
	for _, word := range f.sketch {
		f.bits += bits.OnesCount64(word)
	}
	return f
}

// plain returns the words of s, in lower case, between single spaces.
func plain(s string) string {
	return strings.ToLower(strings.Join(words(s), " "))
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// gramSet returns the sequences of four characters in s, each as one number,
// sorted.
func gramSet(s string) []uint64 {
	set := make([]uint64, 0, len(s))
	var gram uint64
	n := 0
	for _, r := range s {
		gram = gram<<16 | uint64(uint16(r))
		if n++; n >= 4 {
			set = append(set, gram)
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// common returns the number of elements that two sorted sets share.
func common(a, b []uint64) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch x, y := a[0], b[0]; {
		case x < y:
			a = a[1:]
		case x > y:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// closest pairs an entry with the n records whose sketches are most similar to
// its own.
func closest(e *item, records []*item, n int) []pair {
	pairs := make([]pair, len(records))
	for i, r := range records {
		both := 0
		for j := range e.sketch {
			both += bits.OnesCount64(e.sketch[j] & r.sketch[j])
		}
		pairs[i] = pair{r, e, float64(both) / float64(e.bits+r.bits+1)}
	}
	sortPairs(pairs)
	return pairs[:min(n, len(pairs))]
}

// likeness returns how alike a record and an entry are by the rule of this
// package, or 0 if they are not. If both day and slug differ, the caller must
// have checked that the date may have changed.
func likeness(r, e *item) float64 {
	a, b := r.grams, e.grams
	part := false // one text is compared with only a part of the other
	switch m, n := len(r.text), len(e.text); {
	case r.cut && m < n:
		b, part = gramSet(e.text[:m]), true
	case e.cut && n < m:
		a, part = gramSet(r.text[:n]), true
	}
	both, shorter := float64(common(a, b)), min(len(a), len(b))
	same := 2 * both / float64(max(1, len(a)+len(b)))
	contained := both / float64(max(1, shorter))
	if r.text == e.text && r.text != "" {
		same, contained = 1, 1
	}
	begins := len(r.text) >= minBegin && strings.HasPrefix(e.text, r.text) ||
		len(e.text) >= minBegin && strings.HasPrefix(r.text, e.text)
	day := r.Day == e.Day
	title := r.title != "" && r.title == e.title
	slugs := r.slug != "" && e.slug != ""

	alike, score := false, same
	switch {
	case slugs && r.slug == e.slug:
		alike = day || title || same >= 0.5
		score += 2
	case slugs && day:
		alike = title || same >= 0.8
		score++
	case day && (begins || contained >= 0.9 && shorter >= minContain):
		alike = true
		score = 1 + contained + 0.1*same
	case day:
		alike = title || same >= 0.8 ||
			r.listed && (same >= 0.5 || r.sentence == e.sentence && len(r.sentence) >= minSentence)
		score++
	case !slugs:
		alike = same >= 0.9 && !part || contained >= 0.9 && shorter >= longContain || title && (same >= 0.5 || begins)
	}
	if !alike || series(r.Entry, e.Entry, same) {
		return 0
	}
	if title {
		score += 0.25
	}
	if r.listed {
		score += 0.01
	}
	return score
}

// series reports whether two entries look like two articles of a series. same is
// the share of their texts that is the same.
func series(a, b *Entry, same float64) bool {
	titles, texts := changes(a.Title, b.Title), changes(a.Text, b.Text)
	if all(titles, change.number) || all(texts, change.name) || same < 0.9 && all(titles, change.name) {
		return true
	}
	return slices.ContainsFunc(titles, func(c change) bool { return !c.typo() && slices.Contains(texts, c) })
}

func all(changes []change, is func(change) bool) bool {
	return len(changes) > 0 && !slices.ContainsFunc(changes, func(c change) bool { return !is(c) })
}

// A change is a pair of different words in the same place of two texts.
type change struct{ old, now string }

// changes returns how two texts with the same number of words differ.
func changes(a, b string) (c []change) {
	x, y := words(a), words(b)
	for i := range x {
		if len(x) == len(y) && x[i] != y[i] {
			c = append(c, change{x[i], y[i]})
		}
	}
	return c
}

// number reports whether the words differ only in their digits.
func (c change) number() bool {
	old, now := strings.TrimFunc(c.old, unicode.IsDigit), strings.TrimFunc(c.now, unicode.IsDigit)
	return old == now && len(old) < len(c.old) && len(now) < len(c.now)
}

// name reports whether the words differ only in their digits, or are different
// names.
func (c change) name() bool {
	old, _ := utf8.DecodeRuneInString(c.old)
	now, _ := utf8.DecodeRuneInString(c.now)
	return c.number() || unicode.IsUpper(old) && unicode.IsUpper(now) && !c.typo()
}

// typo reports whether the words differ in one letter, or in the order of two
// neighbouring letters.
func (c change) typo() bool {
	a, b := []rune(c.old), []rune(c.now)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
