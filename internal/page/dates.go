package page

import (
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

// forms has the ways to write dates: what can follow the first number, if that is
// little, and which group of the pattern is the day, the month and the year.
var forms = []struct {
	next             string
	re               *regexp.Regexp
	day, month, year int
	form             form
}{
	{"-/", pattern(`(YEAR)[-/](\d\d?)[-/](\d\d?)`), 3, 2, 1, plain},
	{".", pattern(`(YEAR)\.(\d\d)\.(\d\d)`), 3, 2, 1, plain},
	{".", pattern(`(\d\d?)\.[BLANK]*(\d\d?)\.[BLANK]*(\d{4})`), 1, 2, 3, plain},
	{".", pattern(`(\d\d?)\.[BLANK]*(\d\d?)\.(\d\d)`), 1, 2, 3, shortYear},
	{"/", pattern(`(\d\d?)/(\d\d?)/(\d{4})`), 1, 2, 3, slashed},
	{"", pattern(`(\d\x00?\d?)\x00?(?:\.|:[ae]|st|nd|rd|th)?[-BLANK]*(?:of )?(\pL+)[-.,BLANK]*(YEAR)`), 1, 2, 3, plain},
	{"", pattern(`(\pL+)[.BLANK]*(\d\d?)\x00?(?:\.|:[ae]|st|nd|rd|th)?[.,BLANK]*(YEAR)`), 2, 1, 3, plain},
}

var (
	clock = regexp.MustCompile(`(?i)^(?:T\d[\d:.+Z-]*|[-–,@|( \x{a0}\x00]*` +
		`(?:(?:klo|kello|kl|at)[. \x{a0}]*\d\d?(?:[:.]\d\d){0,2}|\d\d?(?:[:.]\d\d){1,2})(?:\s?[ap]m)?)`)
	// ofRange is the first day of a range that has no year: "29.1.–", "29–".
	ofRange = regexp.MustCompile(`\d\.?[-–—]+ *$`)
)

// pattern compiles the pattern of a date. The blank may be a no-break space,
// which Go's \s leaves out, and the end of a part or a line.
func pattern(s string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.NewReplacer("YEAR", `1[89]\d\d|2[01]\d\d`, "BLANK", `\s\x{a0}\x00`).Replace(s))
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
	word, start := wordBefore(s, floor, i)
	digits := len(s) - i - len(strings.TrimLeft(s[i:], "0123456789"))
	next := s[i+digits : min(len(s), i+digits+1)]
	for _, f := range forms {
		p.from = i
		switch {
		case (digits > 2) != (f.year == 1), f.next != "" && !strings.ContainsAny(next, f.next), f.month == 1 && monthNamed(word) == 0:
			continue
		case f.month == 1:
			p.from = start
		}
		rest := s[p.from:min(len(s), p.from+60)]
		m := f.re.FindStringSubmatch(rest)
		if m == nil || !p.set(f.form, m[f.year], m[f.month], m[f.day]) {
			continue
		}
		p.to = p.from + len(m[0])
		rest = s[p.to:min(len(s), p.to+60)]
		if goesOn(rest) {
			return p, false
		}
		if !strings.HasPrefix(rest, partEnd+"\n") {
			if c := clock.FindString(rest); !goesOn(rest[len(c):]) {
				p.to += len(c)
			}
		}
		word, start = wordBefore(s, floor, p.from)
		if !strings.Contains(s[start:p.from], "\n") && weekday.MatchString(word) {
			p.from = start
		}
		return p, true
	}
	return p, false
}

// set sets the date, if there can be one of a form with this year, month and day.
func (p *printed) set(form form, year, month, day string) bool {
	number, err := strconv.Atoi(month)
	p.form, p.date.Month = form, time.Month(number)
	if err != nil {
		p.date.Month = monthNamed(month)
	}
	p.date.Year, _ = strconv.Atoi(year)
	p.date.Day, _ = strconv.Atoi(strings.Replace(day, partEnd, "", 1))
	if form == shortYear {
		if p.date.Year += 2000; p.date.Year >= 2069 {
			p.date.Year -= 100 // as POSIX has it
		}
		return isDay(p.date)
	}
	return err == nil || p.date.Month != 0
}

// readings returns the days that the date can mean.
func (p *printed) readings() []vatesfeed.Date {
	days := []vatesfeed.Date{p.date}
	if p.form == slashed {
		days = append(days, vatesfeed.Date{Year: p.date.Year, Month: time.Month(p.date.Day), Day: int(p.date.Month)})
	}
	return days
}

// goesOn reports whether a number before s is longer than it seems, or a year
// before s is the first number of the next date.
func goesOn(s string) bool {
	next := strings.TrimPrefix(s, ".")
	return next != "" && isDigit(next[0]) || isoRest.MatchString(s)
}

var isoRest = regexp.MustCompile(`^-\d\d-\d\d`)

// wordBefore returns the word that stands before s[i], and where it begins.
func wordBefore(s string, floor, i int) (word string, from int) {
	low := max(floor, i-40)
	head := strings.TrimRight(s[low:i], " .,\u00a0\n\t"+partEnd)
	word = head[len(strings.TrimRightFunc(head, unicode.IsLetter)):]
	return word, low + len(head) - len(word)
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
	"tammi": 1, "helmi": 2, "maalis": 3, "huhti": 4, "touko": 5, "kesä": 6,
	"heinä": 7, "elo": 8, "syys": 9, "loka": 10, "marras": 11, "joulu": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
	"july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"januari": 1, "februari": 2, "mars": 3, "maj": 5, "juni": 6, "juli": 7, "augusti": 8, "oktober": 10,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9,
	"oct": 10, "okt": 10, "nov": 11, "dec": 12,
}

// weekday is the name of a day of the week.
var weekday = regexp.MustCompile(`(?i)^(?:` +
	`(?:ma|ti|ke|to|pe|la|su|(?:maanan|tiis|tors|perjan|lauan|sunnun)tai|keskiviikko)(?:na)?|` +
	`(?:mån|tis|ons|tors|fre|lör|sön)(?:dag)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)$`)

// isDash reports whether what stands between two dates makes a range of them.
func isDash(s string) bool {
	s = strings.Trim(s, " \u00a0"+partEnd)
	return s == "-" || s == "–" || s == "—"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isDay reports whether the calendar has the day, and it is not centuries away.
func isDay(d vatesfeed.Date) bool {
	year, month, day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Date()
	return d == vatesfeed.Date{Year: year, Month: month, Day: day} && 1800 <= year && year < 2200
}

// parseMachine reads a date for machines (HTML, section 2.3.5), such as the
// datetime of a <time>. A time with a zone gives the day in Helsinki, which may not
// be the day that the page shows.
func parseMachine(s string) (d vatesfeed.Date, ok bool) {
	if s == "" {
		return d, false
	}
	s = strings.Replace(strings.TrimSpace(s), " ", "T", 1)
	day, _, hasTime := strings.Cut(s, "T")
	layouts := []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04-0700"}
	for i := 0; hasTime && i < len(layouts); i++ {
		if t, err := time.Parse(layouts[i], s); err == nil {
			d = vatesfeed.DateOf(t)
			return d, isDay(d)
		}
	}
	t, err := time.Parse(time.DateOnly, day)
	d.Year, d.Month, d.Day = t.Date()
	return d, err == nil && isDay(d)
}
