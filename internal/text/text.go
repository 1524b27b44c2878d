// Package text says what text is: which characters a feed can hold, which of
// them are invisible, and how white space is written.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// IsPlain reports whether s is one line as Line returns it, judging only by the
// characters that Finnish text is made of. It may report false for a line that
// Line would leave alone. Most text is plain and needs no further work.
func IsPlain[T string | []byte](s T) bool {
	space := true // at the start of the line, or after a space
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case ' ' < c && c < 0x7f:
			space = false
		case c == ' ' && !space:
			space = true
		default:
			n := plainRune(s[i:])
			if n == 0 {
				return false
			}
			i += n - 1
			space = false
		}
	}
	return !space || len(s) == 0
}

// plainRune returns the length of the character that s begins with if it is one
// that plain text has beside ASCII, and else 0.
func plainRune[T string | []byte](s T) int {
	switch {
	case len(s) > 1 && s[0] == 0xc3 && s[1]&0xc0 == 0x80: // À to ÿ
		return 2
	case len(s) > 2 && s[0] == 0xe2 && s[1] == 0x80 && 0x93 <= s[2] && s[2] <= 0xa6: // dashes, quotation marks, …
		return 3
	}
	return 0
}

// isText reports whether r may stand in a feed. Control characters other than
// white space and noncharacters may not: XML 1.0, section 2.2, forbids most of
// them and discourages the others.
func isText(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f'
	case r < 0x7f:
		return true
	case r < 0xa0:
		return r == 0x85 // next line, a white space
	}
	return r&0xfffe != 0xfffe && (r < 0xfdd0 || r > 0xfdef)
}

// Clean returns s with U+FFFD in place of every byte that is not UTF-8 and
// every character that is not text, and how many there were. Vertical tabs and
// form feeds, which XML forbids as well, become spaces.
func Clean(s string) (string, int) {
	if IsPlain(s) {
		return s, 0
	}
	bad := 0
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") || !isText(r) {
			bad++
		}
	}
	if bad == 0 && !strings.ContainsAny(s, "\v\f") {
		return s, 0
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\v' || r == '\f':
			return ' '
		case isText(r):
			return r
		}
		return utf8.RuneError
	}, s), bad
}

// isInvisible reports whether r shows nothing and takes no room: byte order
// marks, soft hyphens, zero-width spaces and marks of direction, which programs
// put in and leave out.
func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return isDirection(r)
}

// Visible returns s without what shows nothing.
func Visible(s string) string {
	if !strings.ContainsFunc(s, isInvisible) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, s)
}

// isDirection reports whether r changes the direction of the text that follows,
// beyond the string that it stands in if nothing ends it (Unicode Standard Annex
// #9, sections 2.1 to 2.5).
func isDirection(r rune) bool {
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Undirected returns s without what changes the direction of text. Marks, which
// change nothing but their neighbours, stay.
func Undirected(s string) string {
	if IsPlain(s) || !strings.ContainsFunc(s, isDirection) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isDirection(r) {
			return -1
		}
		return r
	}, s)
}

// IsEdge reports whether r is dropped at both ends of a line.
func IsEdge(r rune) bool {
	return unicode.IsSpace(r) || isInvisible(r)
}

// IsBlank reports whether s shows nothing.
func IsBlank(s string) bool {
	if s != "" && ' ' < s[0] && s[0] < 0x7f {
		return false
	}
	return strings.TrimFunc(s, IsEdge) == ""
}

// Fold joins the words of s by single spaces.
func Fold(s string) string {
	if s = strings.TrimFunc(s, IsEdge); IsPlain(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// AppendForID appends s to b in the form that identities are made of: without
// white space, since that is where lines are wrapped, without invisible
// characters, and in normalization form C.
func AppendForID(b []byte, s string) []byte {
	before := len(b)
	word := 0 // where it begins
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case ' ' < c && c < 0x7f:
		case c == ' ' || c == '\n':
			b = append(b, s[word:i]...)
			word = i + 1
		default:
			n := plainRune(s[i:])
			if n == 0 {
				clean, _ := Clean(s)
				words := strings.Fields(norm.NFC.String(Visible(clean)))
				return append(b[:before], strings.Join(words, "")...)
			}
			i += n - 1
		}
	}
	return append(b, s[word:]...)
}

// Line returns s as one line of clean text: in Unicode normalization form C,
// its words joined by single spaces. It also returns how much of s was not
// text; see Clean.
//
// Control characters at the ends of the line, such as the Ctrl-Z that old
// programs end a file with, stand for nothing and are dropped.
func Line(s string) (string, int) {
	if IsPlain(s) {
		return s, 0
	}
	rest := strings.TrimFunc(s, func(r rune) bool { return IsEdge(r) || unicode.IsControl(r) })
	_, bad := Clean(s)
	rest, _ = Clean(rest)
	return Fold(norm.NFC.String(rest)), bad
}

// IsName reports whether s reads as the name of something and not as prose: it
// is short, and not one or more sentences.
func IsName(s string) bool {
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ` )]"'”’»`))
	if utf8.RuneCountInString(s) > 80 || strings.ContainsRune(".!?…:;,", end) {
		return false
	}
	_, rest, _ := uniseg.FirstSentenceInString(s, -1)
	return rest == ""
}
