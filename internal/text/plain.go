package text

import "unsafe"

// IsPlain reports whether a text is one line in the form that Line gives, by
// looking only for the characters that Finnish text is made of: it may say no
// where the answer is yes. Most text is plain, and needs no work.
//
// Nearly all that is read and written goes through here, some of it several
// times, so it looks at eight bytes at a time where these are ASCII and letters
// such as ä.
func IsPlain(s string) bool {
	if s == "" {
		return true
	}
	space := true // at the start of the line or after a space
	for len(s) > 0 {
		var n int
		n, space = plainWords(s, space)
		s = s[n:]
		// Something rarer is in the next eight bytes, or fewer are left: these
		// go by the character.
		for end := len(s) - 8; len(s) > max(end, 0); {
			n := plainChar(s)
			if n == 0 || s[0] == ' ' && space {
				return false
			}
			space = s[0] == ' '
			s = s[n:]
		}
	}
	return !space
}

// IsPlainBytes is IsPlain.
func IsPlainBytes(b []byte) bool {
	return IsPlain(unsafe.String(unsafe.SliceData(b), len(b))) // which keeps nothing of it
}

// plainChar returns the length of the first character of s, or 0 if that is not
// one of plain text.
func plainChar(s string) int {
	switch c := s[0]; {
	case ' ' <= c && c < 0x7f:
		return 1
	case c == 0xc3 && len(s) > 1 && s[1]&0xc0 == 0x80: // À to ÿ
		return 2
	case c == 0xe2 && len(s) > 2 && s[1] == 0x80 && 0x93 <= s[2] && s[2] <= 0xa6: // dashes, quotation marks, …
		return 3
	}
	return 0
}

const (
	each = 0x0101010101010101 // times a byte: that byte eight times
	tops = 0x80 * each        // the top bit of each byte
	rest = 0x7f * each        // the other bits
)

// plainWords returns how many bytes of s, in words of eight, begin it that are
// ASCII without control characters, and letters from À to ÿ, without two spaces
// together; and whether the last of them is a space. Before s there was a
// space or not.
//
// The top bits of the numbers below say something of each byte of a word, the
// lowest byte being the first. Adding to the other seven bits of a byte carries
// into that top bit, and never farther: 0x7f unless they are zero, and 0x60 from
// the space on. There are no branches on what a word holds, since nobody could
// foretell them.
func plainWords(s string, space bool) (n int, endsInSpace bool) {
	var spaces, leads uint64 // of the word before
	if space {
		spaces = 1 << 63
	}
	for i := 8; i <= len(s); i += 8 {
		x := load(s[i-8 : i])
		low := x & rest
		nowSpaces := ^((low ^ ' '*each) + rest | x)
		nowLeads := x &^ ((low ^ 0x43*each) + rest)   // 0xc3 with its top bit
		follow := x &^ (x << 1)                       // 10xxxxxx
		bad := (low + each | ^(low + 0x60*each)) &^ x // DEL, or below the space
		bad |= nowSpaces & (nowSpaces<<8 | spaces>>56)
		bad |= follow ^ (nowLeads<<8 | leads>>56)
		bad |= x ^ (nowLeads | follow)
		if bad&tops != 0 {
			break
		}
		spaces, leads, n = nowSpaces, nowLeads, i
	}
	if leads>>63 == 1 {
		return n - 1, false // the letter goes on after these
	}
	return n, spaces>>63 == 1
}

// load returns the eight bytes of s, the first as the lowest.
func load(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
