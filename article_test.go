package vatesfeed

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/text/unicode/norm"
)

// TestIDsNeverChange pins IDs that have been published. If it fails, fix the code:
// otherwise every reader would show all articles again.
func TestIDsNeverChange(t *testing.T) {
	var listings []Listing
	for _, name := range realPages {
		listings = append(listings, mustParse(t, readFile(t, name))...)
	}
	articles := Merge(listings...)
	require.Len(t, articles, 49)
	for i, want := range map[int]string{
		0:  "urn:uuid:cc95b39c-1b58-567e-b168-afc080f746a4", // Järjestöjen rooli on muutoksessa työllisyydenhoidon uudistuksissa.
		1:  "urn:uuid:afc491bd-a989-5352-b79e-3d7dab7266ca", // Tavoitteena yhdistää resurssit kilpailun sijaan
		3:  "urn:uuid:107f00ea-a284-5f60-be2f-85b0445b7807", // Kuntakokeiluista kohti työllisyysalueita
		4:  "urn:uuid:2a05a98b-3d9a-53ba-9080-902a8f4ba878", // Työllisyys- ja hyvinvointialueet kartalla
		17: "urn:uuid:d766e0ff-88d1-5959-ad3e-43b917082249", // Nuorten Ystävien Klubitalo Roihulan työhönvalmennuksella oli merkittävä rooli…
		48: "urn:uuid:fd7a7383-f5d9-5cdf-9354-39308ca4eb58", // Palveluketjut lähelle ihmistä
	} {
		assert.Equal(t, want, articles[i].ID(), articles[i].Headline())
	}
	assert.Equal(t, "urn:uuid:76b8b057-0ceb-5eec-98e0-6f8b0398701f", (&Feed{}).ID())
	assert.Equal(t, "urn:uuid:696dc411-134c-548b-9953-e7b38da85a4b", (&Feed{Sections: []string{"Aluepäättäjille"}}).ID())
}

func TestID(t *testing.T) {
	a := Article{Date: Date{2024, 1, 29}, Summary: "Yksi kaksi – kolme.\n\nNeljä."}
	id := a.ID()
	assert.Regexp(t, `^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, id)
	for _, same := range []Article{
		{Date: a.Date, Summary: a.Summary, Title: "Otsikko", Sections: []string{"Blogi"}},
		{Date: a.Date, Summary: norm.NFD.String(a.Summary)},
		{Date: a.Date, Summary: "Yksi kaksi –kolme. Neljä."},
		{Date: a.Date, Summary: "\ufeffYksi\u00a0kaksi  –\tkol\u00adme. Neljä.\n"},
	} {
		assert.Equal(t, id, same.ID(), "%#v", same)
	}
	for _, other := range []Article{
		{Date: Date{2024, 1, 30}, Summary: a.Summary},
		{Date: a.Date, Summary: strings.ToLower(a.Summary)},
		{Date: a.Date, Summary: "Yksi kaksi – kolme."},
		{Date: a.Date},
	} {
		assert.NotEqual(t, id, other.ID(), "%#v", other)
	}
	a.Link = "https://www.vates.fi/a"
	assert.Equal(t, a.Link, a.ID())
	a.GUID = id
	assert.Equal(t, id, a.ID())
	assert.Equal(t, Article{Title: "T"}.ID(), Article{Summary: "T"}.ID())
}

func TestHeadline(t *testing.T) {
	for _, test := range []struct{ title, summary, want string }{
		{"Otsikko", "Yhteenveto.", "Otsikko"},
		{" Pitkä\n otsikko " + strings.Repeat("sana ", 30), "", "Pitkä otsikko " + strings.TrimSpace(strings.Repeat("sana ", 30))},
		{"", "Järjestöjen rooli on muutoksessa. Kunnissa myös.", "Järjestöjen rooli on muutoksessa."},
		{"", "Webinaarisarja pidettiin 31.8.-2.9.2021 Turussa. Toinen.", "Webinaarisarja pidettiin 31.8.-2.9.2021 Turussa."},
		{"", "Asiantuntija esitteli tuloksia (kts. s. 12) verkossa. Toinen.", "Asiantuntija esitteli tuloksia (kts. s. 12) verkossa."},
		{"", "Käytössä on mm. erilaisia kokeilualustoja. Toinen.", "Käytössä on mm. erilaisia kokeilualustoja."},
		{"", "Into – etsivä nuorisotyö ry:stä esitteli tuloksia. Toinen.", "Into – etsivä nuorisotyö ry:stä esitteli tuloksia."},
		{"", "Olen Antti. Asun Helsingissä. Ikäni on 24 vuotta.", "Olen Antti. Asun Helsingissä."},
		{"", "Esim. Tampereella on ekosysteemi. Toinen.", "Esim. Tampereella on ekosysteemi."},
		{"", "Hallituksen kokous klo. 18 Tampereen toimistolla. Toinen.", "Hallituksen kokous klo. 18 Tampereen toimistolla."},
		{"", "Casino Commission v. Imperial Pacific International", "Casino Commission v. Imperial Pacific International"},
		{"", "Kevään hakuaika on jo ohi. Toinen.", "Kevään hakuaika on jo ohi."},
		{"", "Lyhyt.", "Lyhyt."},
		{"", "Lyhyt.\n\nToinen kappale on täällä. Kolmas.", "Lyhyt. Toinen kappale on täällä."},
		{"", strings.Repeat("sana ", 16) + "loppu.", strings.TrimSpace(strings.Repeat("sana ", 16)) + "…"},
		{"", strings.Repeat("x", 79) + ".", strings.Repeat("x", 79) + "."},
		{"", strings.Repeat("x", 80) + ".", strings.Repeat("x", 79) + "…"},
		{"", strings.Repeat("x", 76) + ", y z o.", strings.Repeat("x", 76) + ", y…"},
		{"", strings.Repeat("x", 77) + ", yz o.", strings.Repeat("x", 77) + "…"},
		{"", strings.Repeat("👩🏽‍💻", 81), strings.Repeat("👩🏽‍💻", 79) + "…"},
		{"", " \n ", "1.2.2024"},
		{"\u200b", "", "1.2.2024"},
	} {
		got := Article{Date: Date{2024, 2, 1}, Title: test.title, Summary: test.summary}.Headline()
		assert.Equal(t, test.want, got)
	}
}

func TestHeadlineIsShort(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"a", "Työ", "mm.", "ekosysteemimäinen", "31.8.-2.9.2021", "–", "(s. 12)", "👩🏽‍💻", "loppu.", "e\u0301\u0301", "Miksi?", "\n\n", "שלום", strings.Repeat("x", 90)}
	for range 2000 {
		var s []string
		for range r.IntN(40) {
			s = append(s, words[r.IntN(len(words))])
		}
		a := Article{Date: Date{2024, 2, 1}, Summary: strings.Join(s, " ")}
		got := a.Headline()
		assert.NotEmpty(t, got)
		assert.LessOrEqual(t, uniseg.GraphemeClusterCount(got), maxHeadline)
		assert.Equal(t, text.Fold(got), got)
		if start, ok := strings.CutSuffix(got, "…"); ok {
			assert.True(t, strings.HasPrefix(text.Fold(a.Summary), start), got)
		}
	}
}

// FuzzFirstSentence checks that the short cut for plain text changes nothing.
func FuzzFirstSentence(f *testing.F) {
	for _, s := range []string{"Klo 9.30. \"Niin!\" Ehkä…", "a.B c. d? (E) f", "ääkkönen. öljy\n\nÅ", "e\u0301. A", "a\u2024 B", strings.Repeat("abc ", 200) + "d. E", strings.Repeat("ää", 200) + "ä. E", strings.Repeat("a", 499) + "ä. E"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for s != "" {
			sentence, rest := firstSentence(s)
			slow, slowRest, _ := uniseg.FirstSentenceInString(s, -1)
			require.Equal(t, slow, sentence)
			require.Equal(t, slowRest, rest)
			s = rest
		}
	})
}

// TestDate goes through two centuries of days.
func TestDate(t *testing.T) {
	assert.Equal(t, "2024-01-29T06:00:00+02:00", Date{2024, 1, 29}.Time().Format(time.RFC3339))
	assert.Equal(t, "2024-07-29T06:00:00+03:00", Date{2024, 7, 29}.Time().Format(time.RFC3339))
	assert.Equal(t, "1901-01-01T06:00:11+01:40", Date{1901, 1, 1}.Time().Format(time.RFC3339))
	last := Date{1899, 12, 31}
	for day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2100; day = day.AddDate(0, 0, 1) {
		d := DateOf(day) // midnight in UTC is in the morning in Helsinki
		require.Equal(t, day.Format(time.DateOnly), d.String())
		require.Equal(t, d, DateOf(d.Time()))
		require.Equal(t, d, DateOf(d.at(18*60*60-1)))
		require.True(t, d.IsValid())
		require.Equal(t, 1, d.Compare(last))
		require.Equal(t, -1, last.Compare(d))
		last = d
	}
	assert.Equal(t, Date{2024, 1, 30}, DateOf(time.Date(2024, 1, 29, 22, 0, 0, 0, time.UTC)))
	for _, d := range []Date{{}, {2024, 2, 30}, {2024, 13, 1}, {0, 1, 1}, {10000, 1, 1}, {2023, 2, 29}} {
		assert.False(t, d.IsValid(), d)
		assert.Equal(t, d == Date{}, d.IsZero())
	}
}

func TestDateText(t *testing.T) {
	type dated struct{ Date Date }
	for _, d := range []Date{{2024, 1, 29}, {1, 1, 1}, {9999, 12, 31}, {}} {
		b, err := json.Marshal(dated{d})
		require.NoError(t, err)
		var back dated
		require.NoError(t, json.Unmarshal(b, &back))
		assert.Equal(t, d, back.Date, "%s", b)
	}
	assert.ErrorIs(t, json.Unmarshal([]byte(`{"Date": "2024-02-30"}`), new(dated)), ErrDate)
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{"29.01.2024", "29.1.2024", "29. 1. 2024", "2024-01-29"} {
		d, err := ParseDate(s)
		require.NoError(t, err)
		assert.Equal(t, Date{2024, 1, 29}, d)
	}
	for _, s := range []string{"", "x", "29.1", "29.1.24", "30.2.2024", "2024-02-30", "0000-01-01", "1.1.0000", "29.1.2024.", "029.1.2024", "..2024", "29/1/2024", "2024-1-29", "1.1.20244", "1.1.-200"} {
		_, err := ParseDate(s)
		assert.ErrorIs(t, err, ErrDate, s)
		assert.ErrorContains(t, err, "write 29.1.2024 or 2024-01-29", s)
	}
	for _, s := range []string{"1.1.0001", "31.12.9999"} {
		_, err := ParseDate(s)
		assert.NoError(t, err)
	}
}
