package vatesfeed

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // Europe/Helsinki also where no zone database is installed
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

// An Article is one entry of a listing.
//
// All text is UTF-8 in Unicode normalization form C. The paragraphs of a
// summary are separated by a blank line ("\n\n"); apart from that, text read
// by this module has no line breaks and no runs of white space.
type Article struct {
	// Date is the start of the printed day in Europe/Helsinki.
	Date time.Time

	// Title is empty where the page printed none. Headline always has
	// something to show.
	Title string

	Summary string

	// Sections names the sections that list the article, in the order met.
	Sections []string

	// Link is the address of the article's own page, an absolute http or
	// https URL; text listings have none, and it is empty.
	Link string

	// GUID is the identity that subscribers already know the article by. It
	// is set by whatever read the article from a feed, and empty for an
	// article read from a page. See ID.
	GUID string
}

// space names the UUIDs of this package: the version 5 UUID of
// "https://github.com/vatesfeed/vatesfeed" in the URL name space.
var space = [16]byte{
	0xd9, 0xdb, 0x53, 0x85, 0x60, 0x71, 0x5e, 0x0b,
	0xb9, 0x30, 0x70, 0xee, 0xc4, 0xb8, 0x04, 0x8d,
}

// ID returns the identity by which feed readers tell whether they have shown
// the article before: its GUID if it has one, else its Link, else a name-based
// UUID (RFC 9562, section 5.5) of the date and the summary, as "urn:uuid:…".
//
// The UUID does not depend on the title, the sections, white space, the
// Unicode normalization form or invisible characters. Where there is no
// summary, the title stands in for it.
func (a Article) ID() string {
	if id := a.givenID(); id != "" {
		return id
	}
	return a.textID().urn()
}

// givenID returns the identity that the article has apart from its text, or "".
func (a *Article) givenID() string {
	if a.GUID != "" {
		return a.GUID
	}
	return a.Link
}

// textID returns the UUID of the article's date and text, which it has
// whatever its ID is.
func (a *Article) textID() uuid {
	s := a.Summary
	if text.IsBlank(s) {
		s = a.Title
	}
	var buf [2048]byte
	b := a.Date.In(helsinki()).AppendFormat(append(buf[:0], space[:]...), time.DateOnly)
	return uuidOf(text.AppendForID(append(b, '\n'), s))
}

// A uuid is a name-based one.
type uuid [16]byte

// nameUUID returns the version 5 UUID of a name in this package's name space.
func nameUUID(name string) uuid {
	return uuidOf(append(space[:len(space):len(space)], name...))
}

// uuidOf returns the version 5 UUID of a name that stands behind its name space.
func uuidOf(spaceAndName []byte) uuid {
	sum := sha1.Sum(spaceAndName)
	u := uuid(sum[:16])
	u[6] = u[6]&0x0f | 0x50 // version 5
	u[8] = u[8]&0x3f | 0x80 // the variant of RFC 9562
	return u
}

// appendText appends the UUID as text (RFC 9562, section 4).
func (u uuid) appendText(b []byte) []byte {
	for i, part := range [...][]byte{u[0:4], u[4:6], u[6:8], u[8:10], u[10:16]} {
		if i > 0 {
			b = append(b, '-')
		}
		b = hex.AppendEncode(b, part)
	}
	return b
}

const urn = "urn:uuid:"

func (u uuid) urn() string {
	var b [len(urn) + 36]byte
	return string(u.appendURN(b[:0]))
}

func (u uuid) appendURN(b []byte) []byte { return u.appendText(append(b, urn...)) }

// parseURN reads the UUID of an identity that is one.
func parseURN(id string) (u uuid, ok bool) {
	s, ok := strings.CutPrefix(id, urn)
	if !ok || len(s) != 36 {
		return u, false
	}
	b, err := hex.AppendDecode(u[:0], []byte(s[0:8]+s[9:13]+s[14:18]+s[19:23]+s[24:36]))
	return u, err == nil && len(b) == len(u) && u.urn() == id
}

// A headline made from a summary has at most maxHeadline characters, and its
// first sentence is taken alone only from minHeadline characters on: "Olen
// Antti." says nothing.
const (
	maxHeadline = 80
	minHeadline = 20
)

// Headline returns what to show as the article's title: its Title, or else the
// first sentence of its summary (Unicode Standard Annex #29), cut between
// words with "…" where it has more than 80 characters. A very short first
// sentence takes the next one along. An article without any text has its date
// as headline. Headline is never empty.
func (a Article) Headline() string {
	headline, more := a.headline()
	if more {
		headline += "…"
	}
	return headline
}

// headline returns the headline, and whether a "…" belongs behind it.
func (a *Article) headline() (headline string, more bool) {
	if title := text.Fold(a.Title); title != "" {
		return title, false
	}
	var line string
	for rest := strings.TrimSpace(a.Summary); rest != ""; {
		var sentence string
		sentence, rest = firstSentence(rest)
		if line != "" {
			sentence = line + " " + sentence
		}
		line = text.Fold(sentence)
		if clusters(line, minHeadline) == minHeadline {
			break
		}
	}
	if line == "" {
		return a.Date.In(helsinki()).Format("2.1.2006"), false
	}
	return cut(line, maxHeadline)
}

// firstSentence returns the first sentence of s (Unicode Standard Annex #29) and
// what follows it. Plain text before the first full stop needs no looking at,
// apart from the character before that.
func firstSentence(s string) (sentence, rest string) {
	const ahead = 500 // bytes: s may be long, and its first sentence is rarely
	end := min(len(s), ahead)
	if stop := strings.IndexAny(s[:end], ".?!\n"); stop >= 0 {
		end = stop
	}
	start := 0
	if head := s[:end]; text.IsPlain(head) && !strings.Contains(head, "\u2024") { // another full stop
		_, n := utf8.DecodeLastRuneInString(head)
		start = end - n
	}
	_, rest, _ = uniseg.FirstSentenceInString(s[start:], -1)
	return s[:len(s)-len(rest)], rest
}

// cut shortens s to at most max characters (grapheme clusters), between two
// words if it can, and reports whether it did. One of the characters is left to
// the "…" that then belongs behind it.
func cut(s string, max int) (short string, more bool) {
	if clusters(s, max+1) <= max {
		return s, false
	}
	end := 0  // where the text that fits together with the "…" ends
	word := 0 // where its last whole word ends
	plain := text.IsPlain(s)
	for range max - 1 {
		end += firstCluster(s[end:], plain)
		if s[end] == ' ' {
			word = end
		}
	}
	if word == 0 {
		word = end
	}
	return strings.TrimRight(s[:word], " ,;:–—-("), true
}

// clusters counts the grapheme clusters of s up to max.
func clusters(s string, max int) int {
	plain := text.IsPlain(s)
	n := 0
	for ; s != "" && n < max; n++ {
		s = s[firstCluster(s, plain):]
	}
	return n
}

// firstCluster returns the length of the first grapheme cluster of s. In plain
// text each is a character.
func firstCluster(s string, plain bool) int {
	if plain {
		_, n := utf8.DecodeRuneInString(s)
		return n
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return len(cluster)
}

// helsinki is the zone of every date: the listings print days without one.
var helsinki = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return zone
})

// Day returns the start of a day in Europe/Helsinki: 00:00 or, where the clock
// jumped over that, the first moment after.
func Day(year int, month time.Month, day int) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, helsinki())
	if hour, min, sec := t.Clock(); hour|min|sec != 0 {
		// The clock jumped over midnight, as it did on 3 April 1942: the day
		// begins with the offset that it has at noon.
		t, _ = time.Date(year, month, day, 12, 0, 0, 0, helsinki()).ZoneBounds()
	}
	return t
}

// DayOf returns the start of the day that t falls on in Europe/Helsinki.
func DayOf(t time.Time) time.Time {
	return Day(t.In(helsinki()).Date())
}

// ErrDate is what is wrong with a date that is on no calendar, such as
// 31.02.2024, or not written as a date.
var ErrDate = errors.New("not a date")

// ParseDate reads a day as the listings print it (29.01.2024 or 29.1.2024) or
// as ISO 8601 has it (2024-01-29), and returns its start in Europe/Helsinki.
// The years are 1 to 9999. Its errors wrap ErrDate.
func ParseDate(s string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil && t.Year() > 0 {
		return Day(t.Date()), nil
	}
	t, err := printedDate(s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w; write 29.1.2024 or 2024-01-29", err)
	}
	return t, nil
}

// printedDate reads a day as the listings print it.
func printedDate(s string) (time.Time, error) {
	var n [3]int
	field, digits := 0, 0
	for _, c := range []byte(s) {
		switch {
		case '0' <= c && c <= '9' && digits < 4:
			n[field] = n[field]*10 + int(c-'0')
			digits++
		case c == '.' && field < 2 && (digits == 1 || digits == 2):
			field, digits = field+1, 0
		case c == ' ' && digits == 0:
		default:
			return time.Time{}, fmt.Errorf("%q is %w", s, ErrDate)
		}
	}
	if field != 2 || digits == 0 {
		return time.Time{}, fmt.Errorf("%q is %w", s, ErrDate)
	}
	if digits != 4 {
		return time.Time{}, fmt.Errorf("%q is %w: its year needs four digits", s, ErrDate)
	}
	date := Day(n[2], time.Month(n[1]), n[0])
	if year, month, day := date.Date(); year < 1 || year != n[2] || month != time.Month(n[1]) || day != n[0] {
		return time.Time{}, fmt.Errorf("%q is %w: no calendar has it", s, ErrDate)
	}
	return date, nil
}
