// Package text defines which characters a feed can contain, which of them are
// invisible, and how white space is written.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// IsPlain reports whether s is one line in the form that Line returns, with no
// characters but those of usual Finnish text. It may report false for other lines
// that Line would not change. Most text is plain, and needs no further work.
func IsPlain[T string | []byte](s T) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if ' ' < c && c < 0x7f || c == ' ' && i > 0 && s[i-1] != ' ' {
			continue
		}
		n := plainRune(s[i:])
		if n == 0 {
			return false
		}
		i += n - 1
	}
	return len(s) == 0 || s[len(s)-1] != ' '
}

// plainRune returns the length of the first character of s if that is a non-ASCII
// character of plain text, and else 0.
func plainRune[T string | []byte](s T) int {
	switch {
	case len(s) > 1 && s[0] == 0xc3 && s[1]&0xc0 == 0x80: // À to ÿ
		return 2
	case len(s) > 2 && s[0] == 0xe2 && s[1] == 0x80 && 0x93 <= s[2] && s[2] <= 0xa6: // dashes, quotation marks, …
		return 3
	}
	return 0
}

// isText reports whether a feed can contain r. It excludes noncharacters and
// control characters other than white space: XML 1.0, section 2.2, forbids most of
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

// Clean returns s with U+FFFD in place of every byte that is not UTF-8 and every
// character that is not text, and the number of these. Vertical tabs and form
// feeds, which XML forbids too, become spaces.
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

// isInvisible reports whether r is invisible and has no width: a byte order mark,
// soft hyphen, zero-width space or direction mark. Programs insert and drop these.
func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return isDirection(r)
}

// Visible returns s without invisible characters.
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

// isDirection reports whether r changes the direction of the text that follows. If
// nothing ends it, its effect goes on beyond the end of the string (Unicode
// Standard Annex #9, sections 2.1 to 2.5).
func isDirection(r rune) bool {
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Undirected returns s without characters that change the direction of text.
// Direction marks, which affect only their neighbours, stay.
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

// IsEdge reports whether r is removed from both ends of a line.
func IsEdge(r rune) bool {
	return unicode.IsSpace(r) || isInvisible(r)
}

// IsBlank reports whether s has no visible characters.
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

// AppendForID appends s to b in the form that IDs are made of: without white
// space, which line wrapping changes, without invisible characters, and in
// normalization form C.
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
// its words joined by single spaces. It also returns how many bytes and characters
// of s were not text; see Clean.
//
// Control characters at the ends of the line have no meaning and are removed. An
// example is the Ctrl-Z with which old programs end a file.
func Line(s string) (string, int) {
	if IsPlain(s) {
		return s, 0
	}
	rest := strings.TrimFunc(s, func(r rune) bool { return IsEdge(r) || unicode.IsControl(r) })
	_, bad := Clean(s)
	rest, _ = Clean(rest)
	return Fold(norm.NFC.String(rest)), bad
}

// IsName reports whether s reads as a name and not as prose: it has at most 80
// characters, is not more than one sentence, and has no punctuation at its end.
func IsName(s string) bool {
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ` )]"'”’»`))
	if utf8.RuneCountInString(s) > 80 || strings.ContainsRune(".!?…:;,", end) {
		return false
	}
	_, rest, _ := uniseg.FirstSentenceInString(s, -1)
	return rest == ""
}
