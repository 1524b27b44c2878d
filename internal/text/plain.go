package text

import "unsafe"

// IsPlain reports whether a text is one line in the form that Line gives, by
// looking only for the characters that Finnish text is made of: it may say no
// where the answer is yes. Most text is plain, and needs no work.
//
// Nearly all that is read and written goes through here, so it looks at eight
// bytes at a time where these are ASCII and letters such as ä.
func IsPlain(s string) bool {
	space := true // at the start of the line or after a space
	for i := 0; i < len(s); {
		for i+8 <= len(s) {
			x := load(s[i : i+8])
			lead, ok := plainWord(x, space)
			if !ok {
				break
			}
			i += 8
			if space = x>>56 == ' '; lead {
				i-- // the letter goes on after these
			}
		}
		if i == len(s) {
			break
		}
		n := plainChar(s[i:])
		if n == 0 || s[i] == ' ' && space {
			return false
		}
		space = s[i] == ' '
		i += n
	}
	return !space || len(s) == 0
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
)

// load returns the eight bytes of s, the first as the lowest.
func load(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// equal returns the top bit of each byte of x that is c.
func equal(x uint64, c uint64) uint64 {
	x ^= c * each
	return ^((x&^tops + 0x7f*each) | x) & tops
}

// plainWord reports whether eight bytes that begin with a character are ASCII
// without control characters, and letters from À to ÿ, without two spaces
// together. If the last byte begins a letter, lead says so.
func plainWord(x uint64, space bool) (lead, ok bool) {
	high := x & tops
	// Bytes below the space have none of the top three bits.
	if ^(x|x<<1|x<<2)&tops != 0 || equal(x, 0x7f) != 0 {
		return false, false
	}
	spaces := equal(x, ' ')
	before := spaces << 8
	if space {
		before |= 0x80
	}
	if spaces&before != 0 {
		return false, false
	}
	if high == 0 {
		return false, true
	}
	leads := equal(x, 0xc3)
	follow := high &^ (x << 1) // 10xxxxxx
	if high != leads|follow || follow != leads<<8 {
		return false, false
	}
	return leads>>63 == 1, true
}
