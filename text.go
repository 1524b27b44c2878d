package vatesfeed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// isText reports whether r may stand in a feed. Control characters other than
// white space and noncharacters may not: XML 1.0, section 2.2, forbids most of
// them and discourages the others.
func isText(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0x7f:
		return true
	case r < 0xa0:
		return r == 0x85 // next line, a white space
	}
	return r&0xfffe != 0xfffe && (r < 0xfdd0 || r > 0xfdef)
}

// cleanText returns s with U+FFFD in place of every byte that is not UTF-8 and
// every character that is not text, and how many there were.
func cleanText(s string) (string, int) {
	bad := 0
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") || !isText(r) {
			bad++
		}
	}
	if bad == 0 {
		return s, 0
	}
	return strings.Map(func(r rune) rune {
		if isText(r) {
			return r
		}
		return utf8.RuneError
	}, s), bad
}

// isInvisible reports whether r shows nothing and takes no room where it
// stands at the edge of a line: byte order marks, zero-width spaces and the
// like, which programs leave there.
func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\ufeff':
		return true
	}
	return false
}

// isEdge reports whether r is dropped at both ends of a line.
func isEdge(r rune) bool {
	return unicode.IsSpace(r) || isInvisible(r)
}

func isBlank(s string) bool {
	return strings.TrimFunc(s, isEdge) == ""
}

// fold joins the words of s by single spaces.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.TrimFunc(s, isEdge)), " ")
}

// idText returns s in the form that identities are made of: nothing in it that
// a copy of the text may lose or gain without anyone seeing it.
func idText(s string) string {
	s, _ = cleanText(s)
	if strings.ContainsFunc(s, isInvisible) {
		s = strings.Map(func(r rune) rune {
			if isInvisible(r) {
				return -1
			}
			return r
		}, s)
	}
	return fold(norm.NFC.String(s))
}
