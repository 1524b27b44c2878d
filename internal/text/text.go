// Package text says what text is: which characters may stand in it, which show
// nothing, and how its white space is written.
package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

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
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
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

// AppendForID appends s to b in the form that identities are made of: nothing in
// it that a copy of the text may lose or gain without anyone seeing it, and no
// white space at all, since that is where lines are broken.
func AppendForID(b []byte, s string) []byte {
	for rest := s; ; {
		paragraph, next, more := strings.Cut(rest, "\n\n")
		if !IsPlain(paragraph) {
			break
		}
		if rest = next; !more {
			return appendPlainWords(b, s)
		}
	}
	s, _ = Clean(s)
	return appendWords(b, norm.NFC.String(Visible(s)))
}

// appendPlainWords appends a plain text without its spaces and line breaks.
func appendPlainWords(b []byte, s string) []byte {
	n := len(b)
	b = slices.Grow(b, len(s))[:n+len(s)]
	for i := range len(s) {
		b[n] = s[i]
		n += int((' ' - uint16(s[i])) >> 15) // 1 if it is above the space, without a branch
	}
	return b[:n]
}

// appendWords appends s without its white space.
func appendWords(b []byte, s string) []byte {
	for {
		i := strings.IndexFunc(s, unicode.IsSpace)
		if i < 0 {
			return append(b, s...)
		}
		b = append(b, s[:i]...)
		s = strings.TrimLeftFunc(s[i:], unicode.IsSpace)
	}
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

// Head tells apart the paragraphs above the entries of a page.
func Head(paragraphs []string) (heading, section, intro string) {
	if len(paragraphs) > 0 && isName(strings.TrimRight(paragraphs[0], "?!")) {
		heading, section = paragraphs[0], paragraphs[0]
		paragraphs = paragraphs[1:]
		if len(paragraphs) > 0 && isName(paragraphs[0]) {
			section = paragraphs[0]
			paragraphs = paragraphs[1:]
		}
	}
	return heading, section, strings.Join(paragraphs, "\n\n")
}

// isName reports whether s reads as the name of something and not as prose: it
// is short, and not one or more sentences.
func isName(s string) bool {
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ` )]"'”’»`))
	if utf8.RuneCountInString(s) > 80 || strings.ContainsRune(".!?…:;,", end) {
		return false
	}
	_, rest, _ := uniseg.FirstSentenceInString(s, -1)
	return rest == ""
}
