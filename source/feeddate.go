package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
)

var (
	// isoDate matches a date of ISO 8601 (and so of RFC 3339), maybe with a time.
	isoDate = regexp.MustCompile(`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:\s*t\s*|\s+|$)(.*)$|^(\d{4})(\d\d)(\d\d)(?:t(.+))?$`)

	// dashed matches a date of RFC 850.
	dashed = regexp.MustCompile(`(\d)-([a-z]+)-(\d)`)

	clockTime   = regexp.MustCompile(`^(\d{1,2}):?(\d\d)(?::?(\d\d?)(?:[.,]\d+)?)?\s*(\S*)$`)
	unknownZone = regexp.MustCompile(`^[a-z]{1,5}$`)
	offset      = regexp.MustCompile(`^(?:gmt|utc)?([+-])(\d\d?)(?::?(\d\d))?$`)
)

var (
	monthNames   = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	weekdayNames = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)

// zoneHours has the offsets, in hours, of the zones of RFC 5322, section 4.3, and
// of European zones.
var zoneHours = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
	"wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
}

// A moment is a date, maybe with a time of day and a zone.
type moment struct {
	year, month, day     int
	hour, minute, second int
	timed                bool           // whether it has a time of day
	zone                 *time.Location // nil if it has none, or an unknown one
}

// parseDate reads the date of an item. It accepts the formats of RFC 5322 and its
// predecessors, with years of two digits; ISO 8601; and other unambiguous dates in
// words or figures. It returns the day in Europe/Helsinki. If the zone is missing
// or unknown, it returns the day as written. The errors wrap vatesfeed.ErrDate.
func parseDate(s string) (vatesfeed.Date, error) {
	m, ok := readMoment(strings.ToLower(strings.TrimSpace(s)))
	if !ok {
		return vatesfeed.Date{}, fmt.Errorf("has a date that is %w: %.80q", vatesfeed.ErrDate, s)
	}
	day, err := vatesfeed.ParseDate(fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day))
	if err != nil || m.year > 9998 { // the day may be another one in Helsinki
		return vatesfeed.Date{}, fmt.Errorf("has a date that is %w: there is no such day: %.80q", vatesfeed.ErrDate, s)
	}
	if m.zone != nil {
		day = vatesfeed.DateOf(time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second, 0, m.zone))
	}
	return day, nil
}

func readMoment(s string) (m moment, ok bool) {
	if f := isoDate.FindStringSubmatch(s); f != nil {
		if f[1] == "" {
			f = f[4:]
		}
		m.year, m.month, m.day = number(f[1]), number(f[2]), number(f[3])
		return m, f[4] == "" || m.setTime(f[4])
	}
	words := strings.FieldsFunc(dashed.ReplaceAllString(s, "$1 $2 $3"), func(r rune) bool { return r == ',' || r <= ' ' })
	for _, word := range words {
		if !m.add(word) {
			return m, false
		}
	}
	return m, m.year > 0 && m.month > 0 && m.day > 0
}

// add reads a word of a date, and reports whether it can belong to a date.
func (m *moment) add(word string) bool {
	hours, isZone := zoneHours[word]
	switch {
	case strings.Contains(word, ":") && word[0] != '+' && word[0] != '-':
		return m.setTime(word)
	case isZone:
		m.zone = time.FixedZone("", hours*60*60)
	case word == "pm" && m.hour < 12:
		m.hour += 12
	case word == "am" && m.hour == 12:
		m.hour = 0
	case word == "am" || word == "pm" || word[0] == '(':
	case m.setOffset(word):
	case nameIn(weekdayNames, word) > 0:
	case m.month == 0 && nameIn(monthNames, word) > 0:
		m.month = nameIn(monthNames, word)
	case strings.Count(word, ".") == 2 && m.year == 0:
		d, err := vatesfeed.ParseDate(word)
		m.year, m.month, m.day = d.Year, int(d.Month), d.Day
		return err == nil
	case m.day == 0 && len(word) <= 2:
		m.day = number(word)
		return m.day > 0
	case m.year == 0 && len(word) <= 4:
		m.year = number(word)
		switch {
		case len(word) == 2 && m.year < 50: // RFC 5322, section 4.3
			m.year += 2000
		case len(word) <= 3:
			m.year += 1900
		}
		return m.year > 0
	default:
		return m.timed && m.zone == nil && unknownZone.MatchString(word)
	}
	return true
}

// setTime sets the time of day, and the zone that may follow it.
func (m *moment) setTime(s string) bool {
	f := clockTime.FindStringSubmatch(s)
	if f == nil {
		return false
	}
	m.timed = true
	m.hour, m.minute, m.second = number(f[1]), number(f[2]), number(f[3])
	return m.hour <= 24 && m.minute < 60 && m.second <= 60 && (f[4] == "" || m.add(f[4]))
}

func (m *moment) setOffset(s string) bool {
	f := offset.FindStringSubmatch(s)
	if f == nil {
		return false
	}
	seconds := number(f[2])*60*60 + number(f[3])*60
	if f[1] == "-" {
		seconds = -seconds
	}
	m.zone = time.FixedZone("", seconds)
	return true
}

// nameIn returns the place, counted from 1, of the name that begins with the word,
// which needs at least three letters. It returns 0 if there is none.
func nameIn(names []string, word string) int {
	word = strings.TrimSuffix(word, ".")
	for i, name := range names {
		if len(word) >= 3 && strings.HasPrefix(name, word) {
			return i + 1
		}
	}
	return 0
}

// number returns the value of a few digits, or 0.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
