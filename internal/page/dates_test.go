package page

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/vatesfeed/vatesfeed"
)

func TestFindPrinted(t *testing.T) {
	for _, s := range []string{
		"29.1.2024", "29.01.2024", "29. 1. 2024", "29.1.\u00a02024", "2024-01-29", "2024/1/29", "2024.01.29", "2024-01-29T10:15:00+02:00",
		"29. tammikuuta 2024", "29. Tammikuuta 2024", "29. tammi 2024", "29.tammikuu 2024", "29 tammikuuta, 2024", "29 tammikuun, 2024",
		"tammikuu 29, 2024", "29. tammik. 2024", "29 januari 2024", "29:e januari 2024", "29 jan. 2024", "29 January 2024", "29th of January 2024",
		"January 29, 2024", "Jan. 29th, 2024", "29-Jan-2024", "ma 29.1.2024", "maanantaina 29. tammikuuta 2024 klo 9.00", "Monday, January 29, 2024 at 9:15 am",
		"29.1.2024 klo 10.15", "29.1.2024, 10:15", "29.1.2024 klo 10", "29.1.2024 10.15.30", "29.1.2024–2.2.2024", "29.1.2024 - 10:15",
	} {
		found := findPrinted(s)
		if assert.Len(t, found, 1, s) {
			assert.Equal(t, vatesfeed.Date{Year: 2024, Month: time.January, Day: 29}, found[0].date, s)
			assert.Equal(t, plain, found[0].form, s)
			assert.Equal(t, s, s[found[0].from:found[0].to], s)
		}
	}
	for _, s := range []string{
		"", "29.1.", "1/2024", "2024", "tammikuu 2024", "29. tammelaa 2024", "kello 10.15", "1.2.3.2024", "129.1.2024", "29.1.20245", "29.1.2024.5",
		"29.1.–2.2.2024", "29.–30.1.2024", "29-30.1.2024", "1-16-2119", "a29.1.2024", "192.168.1.1", "2024.1.29", "31.2.24", "29. kesä", "12:30:45",
	} {
		assert.Empty(t, findPrinted(s), s)
	}
	two := "Julkaistu 29.1.2024, päivitetty ti 30.1.2024 klo 8.00 Helsingissä"
	found := findPrinted(two)
	assert.Len(t, found, 2)
	assert.Equal(t, "29.1.2024", two[found[0].from:found[0].to])
	assert.Equal(t, "ti 30.1.2024 klo 8.00", two[found[1].from:found[1].to])
}

func TestFindPrintedForms(t *testing.T) {
	for s, want := range map[string]printed{
		"29.1.24":   {0, 7, vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, shortYear},
		"29.1.69":   {0, 7, vatesfeed.Date{Year: 1969, Month: 1, Day: 29}, shortYear},
		"29/1/2024": {0, 9, vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, slashed},
		"1/29/2024": {0, 9, vatesfeed.Date{Year: 2024, Month: 29, Day: 1}, slashed},
		"31.2.2024": {0, 9, vatesfeed.Date{Year: 2024, Month: 2, Day: 31}, plain},
	} {
		found := findPrinted(s)
		if assert.Len(t, found, 1, s) {
			assert.Equal(t, want, found[0], s)
		}
	}
	assert.False(t, isDay(vatesfeed.Date{Year: 2024, Month: 2, Day: 31}))
	assert.True(t, isDay(vatesfeed.Date{Year: 2024, Month: 2, Day: 29}))
	assert.False(t, isDay(vatesfeed.Date{Year: 2023, Month: 2, Day: 29}))
	assert.False(t, isDay(vatesfeed.Date{Year: 2024, Month: 13, Day: 1}))
	assert.False(t, isDay(vatesfeed.Date{Year: 24, Month: 1, Day: 29}))
}

func TestMonthNamed(t *testing.T) {
	for i, names := range [12][]string{
		{"tammikuuta", "tammikuun", "tammikuu", "tammik", "tammi", "januari", "January", "jan"},
		{"helmikuuta", "helmik", "februari", "February", "feb"},
		{"maaliskuuta", "maalisk", "mars", "March", "mar"},
		{"huhtikuuta", "huhtik", "april", "apr"},
		{"toukokuuta", "toukok", "maj", "May"},
		{"kesäkuuta", "kesäk", "juni", "June", "jun"},
		{"heinäkuuta", "heinäk", "juli", "July", "jul"},
		{"elokuuta", "elok", "augusti", "August", "aug"},
		{"syyskuuta", "syysk", "september", "sept", "sep"},
		{"lokakuuta", "lokak", "oktober", "October", "okt", "oct"},
		{"marraskuuta", "marrask", "november", "nov"},
		{"joulukuuta", "jouluk", "december", "dec"},
	} {
		for _, name := range names {
			assert.Equal(t, time.Month(i+1), monthNamed(name), name)
		}
	}
	for _, name := range []string{"", "kuu", "kuuta", "tamm", "Helsinki", "päivä"} {
		assert.Zero(t, monthNamed(name), name)
	}
}

func TestParseMachine(t *testing.T) {
	for s, want := range map[string]int{
		"2024-01-29":                    29,
		" 2024-01-29T10:15 ":            29,
		"2024-01-29 10:15:00":           29,
		"2024-01-29T10:15:00+02:00":     29,
		"2024-01-29T23:30:00Z":          30,
		"2024-01-29T23:30:00.000Z":      30,
		"2024-01-29T10:15:00+0200":      29,
		"2024-01-29T00:30:00.000+02:00": 29,
	} {
		got, ok := parseMachine(s)
		assert.True(t, ok, s)
		assert.Equal(t, vatesfeed.Date{Year: 2024, Month: time.January, Day: want}, got, s)
	}
	for _, s := range []string{"", "2024", "2024-02-31", "10:15", "P3D", "0001-01-01T00:00:00Z", "2025-4-10"} {
		_, ok := parseMachine(s)
		assert.False(t, ok, s)
	}
}
