package page

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
)

// A form is a way to write dates. The page has to show what some of them mean.
type form int

const (
	plain     form = iota // means one day: 29.1.2024, 2024-01-29, 29 January 2024
	shortYear             // 29.1.24, if the whole page writes so
	slashed               // 29/1/2024, if the page has dates that rule out the other order
)

// A printed date is one that stands in a text.
type printed struct {
	from, to int            // its bytes, with the weekday and the time of day
	date     vatesfeed.Date // of slashed dates: as if the day stood first
	form     form
}

const year = `1[89]\d\d|2[01]\d\d`

// The parts of a date, from its first number on. The blank may be a no-break
// space, which Go's \s leaves out.
var (
	yearFirst  = regexp.MustCompile(`^(` + year + `)[-/](\d\d?)[-/](\d\d?)`)
	dayFirst   = regexp.MustCompile(`^(\d\d?)\.[\s\x{a0}]*(\d\d?)\.[\s\x{a0}]*(\d{4})`)
	twoDigits  = regexp.MustCompile(`^(\d\d?)\.[\s\x{a0}]*(\d\d?)\.(\d\d)`)
	withSlash  = regexp.MustCompile(`^(\d\d?)/(\d\d?)/(\d{4})`)
	monthNext  = regexp.MustCompile(`^(\d\d?)(?:\.|st|nd|rd|th)?[-\s\x{a0}]*(?:of )?(\pL+)[-.,\s\x{a0}]*(` + year + `)`)
	monthAhead = regexp.MustCompile(`^(\d\d?)(?:\.|st|nd|rd|th)?[.,\s\x{a0}]*(` + year + `)`)

	clock = regexp.MustCompile(`(?i)^(?:T\d[\d:.+Z-]*|[-–,@|(\s\x{a0}]*(?:(?:klo|kello|kl|at)[.\s\x{a0}]*\d\d?(?:[:.]\d\d){0,2}|\d\d?(?:[:.]\d\d){1,2})(?:\s?[ap]m)?)`)
	// ofRange is the first day of a range that has no year: "29.1.–", "29–".
	ofRange = regexp.MustCompile(`\d\.?[-–—]+ *$`)
)

// findPrinted returns the dates in a text, in order. The second day of a range
// belongs to the date that is the first, or to none if that has no year.
func findPrinted(s string) []printed {
	var found []printed
	end := 0 // of the last date
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		p, ok := printedAt(s, i, end)
		if !ok {
			for i < len(s) && isDigit(s[i]) {
				i++
			}
			continue
		}
		i, end = p.to, p.to
		if n := len(found); n > 0 && isDash(s[found[n-1].to:p.from]) {
			found[n-1].to = p.to
		} else if p.from == 0 || !ofRange.MatchString(s[max(0, p.from-8):p.from]) {
			found = append(found, p)
		}
	}
	return found
}

// printedAt reads the date whose first number is at i. What belongs to it begins
// at floor or later.
func printedAt(s string, i, floor int) (p printed, ok bool) {
	before, _ := utf8.DecodeLastRuneInString(s[floor:i])
	if unicode.IsLetter(before) || i > floor+1 && strings.IndexByte("./:", s[i-1]) >= 0 && isDigit(s[i-2]) {
		return p, false
	}
	rest := s[i:min(len(s), i+60)]
	n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	sep := byte(0)
	if n < len(rest) {
		sep = rest[n]
	}
	var m []string
	match := func(re *regexp.Regexp) bool {
		m = re.FindStringSubmatch(rest)
		return m != nil
	}
	date := func(year, month, day string) {
		p.date.Year, _ = strconv.Atoi(year)
		p.date.Day, _ = strconv.Atoi(day)
		number, _ := strconv.Atoi(month)
		p.date.Month = cmp.Or(time.Month(number), monthNamed(month))
	}
	p.from = i
	word, from := wordBefore(s, floor, i)
	switch {
	case n == 4 && match(yearFirst):
		date(m[1], m[2], m[3])
	case n > 2:
		return p, false
	case sep == '.' && match(dayFirst):
		date(m[3], m[2], m[1])
	case sep == '/' && match(withSlash):
		date(m[3], m[2], m[1])
		p.form = slashed
	case sep == '.' && match(twoDigits):
		date(m[3], m[2], m[1])
		p.form = shortYear
		if p.date.Year += 2000; p.date.Year >= 2069 {
			p.date.Year -= 100 // as POSIX has it
		}
		if !isDay(p.date) {
			return p, false
		}
	case match(monthNext) && monthNamed(m[2]) != 0:
		date(m[3], m[2], m[1])
	case monthNamed(word) != 0 && match(monthAhead):
		date(m[2], word, m[1])
		p.from = from
	default:
		return p, false
	}
	p.to = i + len(m[0])
	rest = s[p.to:min(len(s), p.to+60)]
	if goesOn(rest) {
		return p, false
	}
	if rest != "" {
		if c := clock.FindString(rest); !goesOn(rest[len(c):]) {
			p.to += len(c)
		}
	}
	if word, from := wordBefore(s, floor, p.from); isWeekday(word) {
		p.from = from
	}
	return p, true
}

// goesOn reports whether a number before s is longer than it seems.
func goesOn(s string) bool {
	s = strings.TrimPrefix(s, ".")
	return s != "" && isDigit(s[0])
}

// wordBefore returns the word that stands before s[i], and where it begins.
func wordBefore(s string, floor, i int) (word string, from int) {
	low := max(floor, i-40)
	head := strings.TrimRight(s[low:i], " .,\u00a0\n\t")
	n := strings.LastIndexFunc(head, func(r rune) bool { return !unicode.IsLetter(r) })
	if n >= 0 {
		_, size := utf8.DecodeRuneInString(head[n:])
		n += size
	}
	n = max(n, 0)
	return head[n:], low + n
}

// monthNamed returns the month of a name in Finnish, Swedish or English, in
// whole or shortened, or 0.
func monthNamed(word string) time.Month {
	word = strings.ToLower(word)
	for _, ending := range []string{"kuuta", "kuun", "kuu", "k"} {
		if stem, ok := strings.CutSuffix(word, ending); ok {
			return months[stem]
		}
	}
	return months[word]
}

var months = map[string]time.Month{
	"tammi": 1, "january": 1, "januari": 1, "jan": 1,
	"helmi": 2, "february": 2, "februari": 2, "feb": 2,
	"maalis": 3, "march": 3, "mars": 3, "mar": 3,
	"huhti": 4, "april": 4, "apr": 4,
	"touko": 5, "may": 5, "maj": 5,
	"kesä": 6, "june": 6, "juni": 6, "jun": 6,
	"heinä": 7, "july": 7, "juli": 7, "jul": 7,
	"elo": 8, "august": 8, "augusti": 8, "aug": 8,
	"syys": 9, "september": 9, "sept": 9, "sep": 9,
	"loka": 10, "october": 10, "oktober": 10, "oct": 10, "okt": 10,
	"marras": 11, "november": 11, "nov": 11,
	"joulu": 12, "december": 12, "dec": 12,
}

// isWeekday reports whether a word is a day of the week.
func isWeekday(word string) bool {
	switch strings.TrimSuffix(strings.ToLower(word), "na") {
	case "ma", "ti", "ke", "to", "pe", "la", "su", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai",
		"mån", "tis", "ons", "tors", "fre", "lör", "sön", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
		"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

// isDash reports whether what stands between two dates makes a range of them.
func isDash(s string) bool {
	s = strings.Trim(s, " \u00a0")
	return s == "-" || s == "–" || s == "—"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isDay reports whether the calendar has the day, and it is not centuries away.
func isDay(d vatesfeed.Date) bool {
	year, month, day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Date()
	return d == vatesfeed.Date{Year: year, Month: month, Day: day} && 1800 <= year && year < 2200
}

// parseMachine reads a date for machines (HTML, section 2.3.5), such as the
// datetime of a <time>. A time with a zone gives the day in Helsinki.
func parseMachine(s string) (d vatesfeed.Date, ok bool) {
	s = strings.Replace(strings.TrimSpace(s), " ", "T", 1)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			d = vatesfeed.DateOf(t)
			return d, isDay(d)
		}
	}
	s, _, _ = strings.Cut(s, "T") // a time without a zone
	t, err := time.Parse(time.DateOnly, s)
	d.Year, d.Month, d.Day = t.Date()
	return d, err == nil && isDay(d)
}
