package page

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A day is a date of the calendar, or a wrong one such as February 31.
type day struct {
	year  int
	month time.Month
	day   int
}

// valid reports whether the calendar has the day, and it is not centuries away.
func (d day) valid() bool {
	return isYear(d.year) && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
		d.day <= time.Date(d.year, d.month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// A form is a way to write dates of which a page has to show the meaning.
type form int

const (
	plain     form = iota // means one day: 29.1.2024, 2024-01-29, 29 January 2024
	shortYear             // 29.1.24, if the whole page writes so
	slashed               // 29/1/2024, if the page has dates that rule out the other order
)

// A printed date is one that stands in a text.
type printed struct {
	from, to int // its bytes, with the weekday and the time of day
	day      day // of slashed dates: as if the day stood first
	form     form
}

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
		if p, ok := printedAt(s, i, end); ok {
			end = p.to
			switch n := len(found); {
			case n > 0 && isDash(s[found[n-1].to:p.from]):
				found[n-1].to = p.to
			case endsRange(s[:i]):
			default:
				found = append(found, p)
			}
			i = p.to
			continue
		}
		for i < len(s) && isDigit(s[i]) {
			i++
		}
	}
	return found
}

// printedAt reads the date whose first number is at i, and looks back no
// farther than floor for what belongs to it.
func printedAt(s string, i, floor int) (p printed, ok bool) {
	if i > floor {
		before, _ := utf8.DecodeLastRuneInString(s[floor:i])
		if unicode.IsLetter(before) || i > floor+1 && strings.IndexByte("./:", s[i-1]) >= 0 && isDigit(s[i-2]) {
			return p, false
		}
	}
	p.from = i
	first, n := number(s[i:])
	rest := s[i+n:]
	switch {
	case n == 4:
		p.day, rest, ok = yearFirst(first, rest)
	case n > 2:
		return p, false
	default:
		p.day, p.form, rest, ok = dayFirst(first, rest)
		if !ok {
			if p.from, ok = monthBefore(s, floor, i, &p.day.month); ok {
				p.day.day, p.form = first, plain
				p.day.year, rest, ok = year(skipAny(skipOrdinal(s[i+n:]), " ,."))
			}
		}
	}
	if !ok || rest != "" && (isDigit(rest[0]) || len(rest) > 1 && rest[0] == '.' && isDigit(rest[1])) {
		return p, false
	}
	p.to = len(s) - len(skipClock(rest))
	p.from = skipWeekday(s, floor, p.from)
	return p, true
}

// yearFirst reads what follows the year in 2024-01-29 and 2024/01/29.
func yearFirst(y int, s string) (d day, rest string, ok bool) {
	if s == "" || s[0] != '-' && s[0] != '/' {
		return d, s, false
	}
	sep := s[0]
	month, n := number(s[1:])
	s = s[1+n:]
	if n == 0 || n > 2 || s == "" || s[0] != sep {
		return d, s, false
	}
	dd, n := number(s[1:])
	if n == 0 || n > 2 || !isYear(y) {
		return d, s, false
	}
	return day{y, time.Month(month), dd}, s[1+n:], true
}

// dayFirst reads what follows the first number in 29.1.2024, 29/1/2024 and
// 29. tammikuuta 2024.
func dayFirst(first int, s string) (d day, f form, rest string, ok bool) {
	d.day = first
	if s == "" {
		return d, plain, s, false
	}
	sep := s[0]
	if sep == '.' || sep == '/' {
		after := s[1:]
		if sep == '.' {
			after = skipSpace(after)
		}
		if month, n := number(after); n == 1 || n == 2 {
			after = after[n:]
			if after == "" || after[0] != sep {
				return d, plain, s, false
			}
			after = after[1:]
			d.month = time.Month(month)
			if sep == '.' {
				if y, n := number(after); n == 2 {
					if d.year = 2000 + y; y >= 69 {
						d.year = 1900 + y // as POSIX has it
					}
					return d, shortYear, after[2:], d.valid()
				}
				after = skipSpace(after)
			} else {
				f = slashed
			}
			y, n := number(after)
			d.year = y
			return d, f, after[n:], n == 4
		}
	}
	s = skipAny(skipOrdinal(s), " -")
	if after, ok := strings.CutPrefix(s, "of "); ok {
		s = after
	}
	word := letters(s)
	if d.month = monthNamed(word); d.month == 0 {
		return d, plain, s, false
	}
	d.year, rest, ok = year(skipAny(s[len(word):], " .,-"))
	return d, plain, rest, ok
}

// monthBefore reads the month that stands before the day in January 29, 2024.
func monthBefore(s string, floor, i int, month *time.Month) (from int, ok bool) {
	head := strings.TrimRight(s[max(floor, i-40):i], " \u00a0\n\t")
	if head = strings.TrimSuffix(head, "."); len(head) == i {
		return i, false
	}
	word := lastLetters(head)
	*month = monthNamed(word)
	return max(floor, i-40) + len(head) - len(word), *month != 0
}

// monthNamed returns the month of a name in Finnish, Swedish or English, in
// whole or shortened, or 0.
func monthNamed(word string) time.Month {
	if len(word) < 3 || len(word) > 20 {
		return 0
	}
	word = strings.ToLower(word)
	for _, ending := range []string{"kuuta", "kuun", "kuu", "k"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 2 {
			word = stem
			break
		}
	}
	switch word {
	case "tammi", "january", "januari", "jan":
		return time.January
	case "helmi", "february", "februari", "feb":
		return time.February
	case "maalis", "march", "mars", "mar":
		return time.March
	case "huhti", "april", "apr":
		return time.April
	case "touko", "may", "maj":
		return time.May
	case "kesä", "june", "juni", "jun":
		return time.June
	case "heinä", "july", "juli", "jul":
		return time.July
	case "elo", "august", "augusti", "aug":
		return time.August
	case "syys", "september", "sept", "sep":
		return time.September
	case "loka", "october", "oktober", "oct", "okt":
		return time.October
	case "marras", "november", "nov":
		return time.November
	case "joulu", "december", "dec":
		return time.December
	}
	return 0
}

// isWeekday reports whether a word, in lower case, is a day of the week.
func isWeekday(word string) bool {
	switch strings.TrimSuffix(word, "na") {
	case "ma", "ti", "ke", "to", "pe", "la", "su", "maanantai", "tiistai", "keskiviikko", "keskiviikkona", "torstai", "perjantai", "lauantai", "sunnuntai",
		"mån", "tis", "ons", "tors", "fre", "lör", "sön", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
		"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

// skipWeekday returns where the weekday begins that stands before a date.
func skipWeekday(s string, floor, from int) int {
	low := max(floor, from-40)
	head := strings.TrimRight(s[low:from], " .,\u00a0\n\t")
	if word := lastLetters(head); word != "" && isWeekday(strings.ToLower(word)) {
		return low + len(head) - len(word)
	}
	return from
}

// skipClock returns what follows the time of day at the start of s, if there is
// one.
func skipClock(s string) string {
	rest := s
	if len(rest) > 1 && rest[0] == 'T' && isDigit(rest[1]) { // of ISO 8601
		return strings.TrimLeft(rest[1:], "0123456789:.+-Z")
	}
	rest = skipAny(rest, " ,-@|–(")
	word := letters(rest)
	named := false
	switch strings.ToLower(word) {
	case "klo", "kello", "kl", "at":
		rest, named = skipAny(rest[len(word):], " ."), true
	}
	_, n := number(rest)
	if n == 0 || n > 2 {
		return s
	}
	rest = rest[n:]
	parts := 1
	for parts < 3 && len(rest) > 2 && (rest[0] == ':' || rest[0] == '.') && isDigit(rest[1]) && isDigit(rest[2]) {
		rest = rest[3:]
		parts++
	}
	if parts == 1 && !named || rest != "" && (isDigit(rest[0]) || len(rest) > 1 && rest[0] == '.' && isDigit(rest[1])) {
		return s
	}
	if word := letters(skipSpace(rest)); strings.EqualFold(word, "am") || strings.EqualFold(word, "pm") {
		rest = skipSpace(rest)[2:]
	}
	return rest
}

// skipOrdinal returns what follows the "." or "th" of a day.
func skipOrdinal(s string) string {
	for _, ordinal := range []string{".", "st", "nd", "rd", "th"} {
		if rest, ok := strings.CutPrefix(s, ordinal); ok {
			return rest
		}
	}
	return s
}

// isDash reports whether what stands between two dates makes a range of them.
func isDash(s string) bool {
	switch strings.Trim(s, " \u00a0") {
	case "-", "–", "—":
		return true
	}
	return false
}

// endsRange reports whether s ends in the first day of a range: "29.1.–", "29–".
func endsRange(s string) bool {
	head := strings.TrimRight(s[max(0, len(s)-8):], " ")
	cut := strings.TrimRight(head, "-–—")
	first := strings.TrimSuffix(cut, ".")
	return len(cut) < len(head) && first != "" && isDigit(first[len(first)-1])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isYear(y int) bool { return 1800 <= y && y < 2200 }

// number reads the digits at the start of s and returns how many there are.
func number(s string) (value, n int) {
	for n < len(s) && isDigit(s[n]) {
		if n < 5 {
			value = 10*value + int(s[n]-'0')
		}
		n++
	}
	return value, n
}

func year(s string) (y int, rest string, ok bool) {
	y, n := number(s)
	return y, s[n:], n == 4 && isYear(y)
}

func letters(s string) string {
	if n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		return s[:n]
	}
	return s
}

func lastLetters(s string) string {
	for n := len(s); n > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:n])
		if !unicode.IsLetter(r) {
			return s[n:]
		}
		n -= size
	}
	return s
}

func skipSpace(s string) string { return strings.TrimLeft(s, " \u00a0\t\n\r") }

// skipAny skips the given signs, and white space in place of a space.
func skipAny(s, signs string) string { return strings.TrimLeft(s, signs+"\u00a0\t\n\r") }

// parseMachine reads a date for machines (HTML, section 2.3.5), such as the
// datetime of a <time>. A time with a zone gives the day in Helsinki.
func parseMachine(s string) (day, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			d := helsinkiDay(t)
			return d, isYear(d.year)
		}
	}
	if len(s) > len(time.DateOnly) && strings.IndexByte("T ", s[len(time.DateOnly)]) >= 0 {
		s = s[:len(time.DateOnly)] // a time without a zone
	}
	t, err := time.Parse(time.DateOnly, s)
	return day{t.Year(), t.Month(), t.Day()}, err == nil && isYear(t.Year())
}
