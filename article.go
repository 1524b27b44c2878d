// Package vatesfeed turns the article listings of www.vates.fi, the site of the
// Finnish foundation Vates-säätiö, into typed articles, and articles into feeds.
//
// [Parse] reads a text listing, [Merge] combines several listings into one
// list, [Select] filters the list, and a [Feed] writes it as RSS 2.0, Atom 1.0
// or JSON Feed 1.1. The package opens no files and no connections, and never
// reads the clock: the same input gives the same bytes. Package source reads
// listings from files, HTML pages, URLs and feeds. Package archive remembers
// articles between runs. Package site publishes them.
//
// # The text format
//
// A listing is a page saved as text: a skip link, a heading, a section, and
// entries. An entry is a date alone on a line, a summary, and a title, in this
// order:
//
//	Siirry pääsisältöön
//
//	Artikkelit
//
//	Aluepäättäjille
//
//	29.01.2024
//
//	Vaasan seudulla päätettiin, että alue keskittyy …
//
//	Tavoitteena yhdistää resurssit kilpailun sijaan
//
//	26.01.2024
//
// Entries:
//   - Lines without a blank line between them are one paragraph. In an input
//     that has no blank line between its lines, each line is a paragraph.
//   - In an entry of two or more paragraphs the last is the title if at most
//     one blank line follows it. If more follow, the entry has no title.
//   - An entry of one paragraph is a summary.
//   - A date is D.M.YYYY with one or two digits for day and month. A date
//     within a line of text is text.
//
// Above the first date:
//   - The first paragraph is the heading, unless it reads as prose.
//   - A second paragraph that reads as a name (at most 80 characters, no more
//     than one sentence, no punctuation at its end) is the section. Without
//     one, the heading is the section.
//   - All other paragraphs are the introduction.
//
// A skip link, even at the end of a line, begins a new page; an input may have
// several. Line ends may be LF, CRLF or CR. Byte order marks, invisible
// characters, the kind of white space and the Unicode normalization form make
// no difference.
package vatesfeed

import (
	"cmp"
	"crypto/sha1"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // Europe/Helsinki also where no zone database is installed
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/rivo/uniseg"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

// An Article is one entry of a listing.
//
// All text that this module reads is UTF-8 in Unicode normalization form C. The
// paragraphs of a summary are separated by a blank line ("\n\n"); apart from
// that, text has no line breaks and no runs of white space.
type Article struct {
	Date Date // the printed day

	// Title is empty where the page printed none. Headline always has
	// something to show.
	Title string

	Summary string

	// Content is the whole text of the article as HTML, or empty. Package source
	// sets it to HTML that is safe to show, with absolute URLs. Feeds carry it as
	// it is.
	Content string

	// Image is the article's picture.
	Image Image

	// Authors names who wrote the article, where a byline says so.
	Authors []string

	// Sections names the sections that list the article, in the order in which
	// they were read.
	Sections []string

	// Link is the URL of the article's own page, absolute and http or https.
	// It is empty in text listings, which have no links.
	Link string

	// GUID is the ID that the article has already been published with. Package
	// source sets it for articles that it reads from feeds. It is empty for an
	// article read from a page, unless Merge sets it to distinguish articles
	// with the same date and summary. See ID.
	GUID string
}

// An Image is the picture that stands for an article. The zero Image is none.
type Image struct {
	URL           string // absolute, http or https
	Alt           string // what it shows, as text
	Width, Height int    // in pixels, or 0 if they are not known
	Type          string // the media type, or empty
}

// space is the name space of this module's UUIDs: the version 5 UUID of
// "https://github.com/vatesfeed/vatesfeed" in the URL name space.
var space = uuid.MustParse("d9db5385-6071-5e0b-b930-70eec4b8048d")

// ID returns the article's ID in feeds. A feed reader shows an article again if
// its ID changes. The ID is the GUID if there is one, else the Link, else a
// name-based UUID (RFC 9562, section 5.5) of the date and the summary, as
// "urn:uuid:…".
//
// The UUID does not depend on the title, the sections, white space, the
// Unicode normalization form or invisible characters. Without a summary, the
// UUID is made of the date and the title.
func (a Article) ID() string {
	return cmp.Or(a.GUID, a.Link, a.textID())
}

// textID returns the UUID of the article's date and text.
func (a *Article) textID() string {
	s := a.Summary
	if text.IsBlank(s) {
		s = a.Title
	}
	var room [1024]byte // on the stack, for most names
	return urn(text.AppendForID(append(a.Date.append(room[:0]), '\n'), s))
}

// urn returns the version 5 UUID of a name as a URN. It does what uuid.NewSHA1
// does, which allocates twice the size of the name.
func urn(name []byte) string {
	var room [1024]byte
	sum := sha1.Sum(append(append(room[:0], space[:]...), name...))
	id := uuid.UUID(sum[:16])
	id[6] = id[6]&0x0f | 5<<4 // version
	id[8] = id[8]&0x3f | 0x80 // variant
	return id.URN()
}

// A headline made from a summary has at most maxHeadline characters. A first
// sentence of fewer than minHeadline, such as "Olen Antti.", is joined with the
// next one.
const (
	maxHeadline = 80
	minHeadline = 20
)

// Headline returns what to show as the article's title: its Title, or else the
// first sentence of its summary (Unicode Standard Annex #29). A sentence of
// more than 80 characters is cut between words and ends in "…"; one of fewer
// than 20, or that ends like an abbreviation, is joined with the next. The headline
// of an article without any text is its date. Headline never returns an empty
// string. It removes characters that change the direction of text, since they
// would affect the text around the headline in a reader.
func (a Article) Headline() string { return text.Fold(text.Undirected(a.headline())) }

func (a *Article) headline() string {
	if title := text.Fold(a.Title); title != "" {
		return title
	}
	var line string
	for rest := strings.TrimSpace(a.Summary); rest != ""; {
		var sentence string
		sentence, rest = firstSentence(rest)
		line = text.Fold(line + " " + sentence)
		if clusters(line, minHeadline) == minHeadline && !endsShort(line) {
			break
		}
	}
	if line == "" {
		return a.Date.Time().Format("2.1.2006")
	}
	return cut(line, maxHeadline)
}

// abbreviations are common before what does not begin with a small letter.
var abbreviations = []string{"klo", "esim", "mm", "ks", "kts", "nro", "ca", "st", "no", "inc", "hon", "vs", "dr", "mr", "mrs", "ms", "jr", "sr"}

// endsShort reports whether the last word of a text is an abbreviation, such as "klo."
// or "v.", and not the end of a sentence.
func endsShort(s string) bool {
	text, ok := strings.CutSuffix(s, ".")
	word := text[len(strings.TrimRightFunc(text, unicode.IsLetter)):]
	return ok && (utf8.RuneCountInString(word) == 1 || slices.Contains(abbreviations, strings.ToLower(word)))
}

// firstSentence returns the first sentence of s and what follows it. Finding
// the ends of sentences is slow, and plain text has none before its first full
// stop; so the search starts at the character before that.
func firstSentence(s string) (sentence, rest string) {
	const ahead = 500 // bytes: s may be long, but its first sentence rarely is
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
// words if it can. One of the characters is then the "…" at its end.
func cut(s string, max int) string {
	if clusters(s, max+1) <= max {
		return s
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
	return strings.TrimRight(s[:cmp.Or(word, end)], " ,;:–—-(") + "…"
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
// text each character is one.
func firstCluster(s string, plain bool) int {
	if plain {
		_, n := utf8.DecodeRuneInString(s)
		return n
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return len(cluster)
}

// A Date is a calendar day in Finland. Listings print no time of day. The zero
// Date means that there is no date.
type Date struct {
	Year  int // 1 to 9999
	Month time.Month
	Day   int
}

// ErrDate is the error for a text that is not a date, and for a day that does
// not exist, such as 31.02.2024.
var ErrDate = errors.New("not a date")

// helsinki is the time zone of every date.
var helsinki = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return zone
})

// DateOf returns the day that t falls on in Europe/Helsinki.
func DateOf(t time.Time) Date {
	year, month, day := t.In(helsinki()).Date()
	return Date{year, month, day}
}

// ParseDate reads a date in the form of the listings (29.01.2024 or 29.1.2024)
// or of ISO 8601 (2024-01-29). Its errors wrap ErrDate.
func ParseDate(s string) (Date, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil && t.Year() > 0 {
		year, month, day := t.Date()
		return Date{year, month, day}, nil
	}
	d, err := printedDate(s)
	if err != nil {
		return Date{}, fmt.Errorf("%w; write 29.1.2024 or 2024-01-29", err)
	}
	return d, nil
}

// printedDate reads a date in the form of the listings.
func printedDate(s string) (Date, error) {
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
			return Date{}, fmt.Errorf("%q is %w", s, ErrDate)
		}
	}
	if field != 2 || digits == 0 {
		return Date{}, fmt.Errorf("%q is %w", s, ErrDate)
	}
	if digits != 4 {
		return Date{}, fmt.Errorf("%q is %w: its year needs four digits", s, ErrDate)
	}
	d := Date{n[2], time.Month(n[1]), n[0]}
	if !d.IsValid() {
		return Date{}, fmt.Errorf("%q is %w: there is no such day", s, ErrDate)
	}
	return d, nil
}

// IsValid reports whether the day exists, in the years 1 to 9999.
func (d Date) IsValid() bool {
	year, month, day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Date()
	return d == Date{year, month, day} && 1 <= year && year <= 9999
}

// Time returns the time that feeds have for the day: 06:00 in Europe/Helsinki.
// Readers from UTC−3 eastward show it as the same day. It is early, so that an
// article of today is rarely in the future.
func (d Date) Time() time.Time { return d.at(0) }

// at returns the time of day 06:00:00 plus the seconds.
func (d Date) at(seconds int) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 6, 0, seconds, 0, helsinki())
	if _, offset := t.Zone(); offset%60 != 0 {
		// Until 1921 Helsinki's offset had seconds. The date formats of feeds
		// have only hours and minutes.
		t = t.In(time.FixedZone("", offset-offset%60+60))
	}
	return t
}

// String returns the date in the form of ISO 8601: 2024-01-29.
func (d Date) String() string { return string(d.append(nil)) }

func (d Date) append(b []byte) []byte {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).AppendFormat(b, time.DateOnly)
}

// Compare returns -1 if d is before e, 1 if it is after e, and else 0.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// MarshalText returns what String returns, or an empty text for the zero Date.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.append(nil), nil
}

// UnmarshalText reads what ParseDate reads. An empty text is the zero Date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}
