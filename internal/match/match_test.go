package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const (
	kuopio = "Kuopiossa kokeillaan uutta tapaa tukea osatyökykyisiä. Mukana on kolme työpajaa ja kymmenen yritystä. Tulokset julkaistaan keväällä."
	turku  = "Miten kunta voi ostaa työtä niille, joille sitä ei ole tarjolla? Opas hankintojen ehdoista auttaa alkuun."
)

// TestPairs says of one record and one entry whether they are the same article.
func TestPairs(t *testing.T) {
	type e = Entry
	for _, test := range []struct {
		name        string
		record      Entry
		entry       Entry
		listed, not bool // whether the pair is the same article if the record was listed, and if not
	}{
		// What is equal.
		{"nothing changed", e{Day: 9, Title: "Työtä", Text: kuopio}, e{Day: 9, Title: "Työtä", Text: kuopio}, true, true},
		{"ID", e{Day: 9, Text: kuopio, ID: "a"}, e{Day: 99, Text: turku, ID: "a"}, true, true},
		{"address", e{Day: 9, Text: kuopio, URL: "http://www.a.example/b/tyota.html"}, e{Day: 99, Text: turku, URL: "https://a.example/b/tyota/?ref=etusivu#alku"}, true, true},
		{"nothing in common", e{Day: 9, Title: "Työtä", Text: kuopio}, e{Day: 9, Title: "Opas", Text: turku}, false, false},
		{"no text at all", e{Day: 9}, e{Day: 9}, true, true},
		{"no text, other days", e{Day: 9}, e{Day: 10}, false, false},

		// The same day.
		{"typo", e{Day: 9, Text: kuopio}, e{Day: 9, Text: strings.Replace(kuopio, "työpajaa", "työpaja", 1)}, true, true},
		{"extended", e{Day: 9, Text: kuopio}, e{Day: 9, Text: kuopio + " " + turku + " " + turku}, true, true},
		{"shortened", e{Day: 9, Text: kuopio}, e{Day: 9, Text: "Kuopiossa kokeillaan uutta tapaa tukea osatyökykyisiä."}, true, true},
		{"teaser", e{Day: 9, Text: kuopio}, e{Day: 9, Text: "Kuopiossa kokeillaan…"}, true, true},
		{"very short teaser", e{Day: 9, Text: kuopio}, e{Day: 9, Text: "Kuopio…"}, true, true},
		{"short beginning without an ellipsis", e{Day: 9, Text: kuopio}, e{Day: 9, Text: "Kuopio"}, false, false},
		{"middle", e{Day: 9, Text: turku + " " + kuopio + " " + turku}, e{Day: 9, Text: kuopio}, true, true},
		{"new beginning", e{Day: 9, Text: kuopio}, e{Day: 9, Text: strings.Replace(kuopio, "Kuopiossa kokeillaan uutta tapaa tukea osatyökykyisiä.", "Hyvä alku on puoli voittoa.", 1)}, true, false},
		{"first sentence", e{Day: 9, Text: "Kuopiossa kokeillaan uutta tapaa. " + turku}, e{Day: 9, Text: "Kuopiossa kokeillaan uutta tapaa. Kyselyn mukaan moni toivoo siltä paljon, mutta ei heti."}, true, false},
		{"short first sentence", e{Day: 9, Text: "Lue lisää! " + turku}, e{Day: 9, Text: "Lue lisää! Kyselyn mukaan moni toivoo siltä paljon, mutta ei heti."}, false, false},
		{"rewritten", e{Day: 9, Title: "Työtä!", Text: kuopio}, e{Day: 9, Title: "Työtä", Text: turku}, true, true},
		{"title added", e{Day: 9, Text: kuopio}, e{Day: 9, Title: "Työtä", Text: kuopio}, true, true},
		{"title changed", e{Day: 9, Title: "Työtä Kuopiossa", Text: kuopio}, e{Day: 9, Title: "Töitä Savossa", Text: kuopio}, true, true},
		{"title changed to another name", e{Day: 9, Title: "Työtä Kuopiossa", Text: kuopio}, e{Day: 9, Title: "Työtä Savossa", Text: kuopio}, true, true},
		{"text added to a title", e{Day: 9, Title: kuopio}, e{Day: 9, Title: kuopio, Text: turku}, true, true},
		{"other wrapping", e{Day: 9, Text: "Hyvää\n\ntyötä"}, e{Day: 9, Text: "Hyvää työtä!"}, true, true},

		// Another day.
		{"date corrected", e{Day: 9, Text: kuopio}, e{Day: 8, Text: kuopio}, true, false},
		{"date corrected, ten days", e{Day: 19, Text: kuopio}, e{Day: 9, Text: kuopio}, true, false},
		{"eleven days", e{Day: 20, Text: kuopio}, e{Day: 9, Text: kuopio}, false, false},
		{"a week later, newest", e{Day: 9, Text: kuopio}, e{Day: 16, Text: kuopio}, false, false},
		{"a week earlier", e{Day: 16, Text: kuopio}, e{Day: 9, Text: kuopio}, true, false},
		{"date and typo", e{Day: 9, Text: kuopio}, e{Day: 8, Text: strings.Replace(kuopio, "työpajaa", "työpaja", 1)}, true, false},
		{"date and teaser", e{Day: 9, Text: kuopio}, e{Day: 8, Text: "Kuopiossa kokeillaan…"}, false, false},
		{"date, teaser and title", e{Day: 9, Title: "Työtä", Text: kuopio}, e{Day: 8, Title: "Työtä", Text: "Kuopiossa kokeillaan…"}, true, false},
		{"only the title", e{Day: 9, Title: "Työtä", Text: kuopio}, e{Day: 8, Title: "Työtä", Text: turku}, false, false},

		// Links.
		{"link added", e{Day: 9, Text: kuopio}, e{Day: 9, Text: kuopio, URL: "https://a.example/tyota"}, true, true},
		{"slug", e{Day: 9, Title: "Työtä", Text: kuopio, URL: "https://a.example/tyota"}, e{Day: 9, Title: "Töitä", Text: kuopio, URL: "https://a.example/toita"}, true, true},
		{"slug and text", e{Day: 9, Title: "Työtä", Text: kuopio, URL: "https://a.example/tyota"}, e{Day: 9, Title: "Työtä", Text: turku, URL: "https://a.example/toita"}, true, true},
		{"slug, title and half of the text", e{Day: 9, Title: "Työtä", Text: kuopio, URL: "https://a.example/tyota"}, e{Day: 9, Title: "Töitä", Text: kuopio[len(kuopio)/2:], URL: "https://a.example/toita"}, false, false},
		{"slug and day", e{Day: 9, Text: kuopio, URL: "https://a.example/tyota"}, e{Day: 8, Text: kuopio, URL: "https://a.example/toita"}, false, false},
		{"moved", e{Day: 9, Text: kuopio, URL: "https://a.example/tyota"}, e{Day: 9, Text: turku, URL: "https://b.example/blogi/tyota"}, true, true},
		{"moved, and all dates with it", e{Day: 9, Text: kuopio, URL: "https://a.example/tyota"}, e{Day: 999, Text: kuopio, URL: "https://b.example/tyota"}, true, true},
		{"slug of another", e{Day: 9, Text: kuopio, URL: "https://a.example/a/blogi"}, e{Day: 999, Text: turku, URL: "https://a.example/b/blogi"}, false, false},
		{"query", e{Day: 9, Text: kuopio, URL: "https://a.example/index.php?id=1"}, e{Day: 9, Text: turku, URL: "https://a.example/index.php?id=2"}, false, false},

		// Series.
		{"number in the title", e{Day: 9, Title: "Viikon vinkki 1", Text: "Lue ja kokeile"}, e{Day: 9, Title: "Viikon vinkki 2", Text: "Lue ja kokeile"}, false, false},
		{"number in the text", e{Day: 9, Text: "Viikon vinkki 1: lue ja kokeile heti"}, e{Day: 9, Text: "Viikon vinkki 2: lue ja kokeile heti"}, false, false},
		{"town in the text", e{Day: 9, Text: "Avoin koulutus Salossa: tule mukaan"}, e{Day: 9, Text: "Avoin koulutus Porissa: tule mukaan"}, false, false},
		{"typo in a town", e{Day: 9, Text: "Avoin koulutus Rovaniemella: tule mukaan"}, e{Day: 9, Text: "Avoin koulutus Rovaniemellä: tule mukaan"}, true, true},
		{"word in title and text", e{Day: 9, Title: "Sarjan toinen osa", Text: "Nyt on toinen osa: " + kuopio}, e{Day: 9, Title: "Sarjan kolmas osa", Text: "Nyt on kolmas osa: " + kuopio}, false, false},
		{"word in the text", e{Day: 9, Title: "Sarjan osa", Text: "Nyt on toinen osa: " + kuopio}, e{Day: 9, Title: "Sarjan osa", Text: "Nyt on hieno osa: " + kuopio}, true, true},
		{"typo in a number", e{Day: 9, Text: "Viikon vinkki l2: lue ja kokeile heti"}, e{Day: 9, Text: "Viikon vinkki 12: lue ja kokeile heti"}, true, true},
	} {
		for _, listed := range []bool{true, false} {
			want := listed && test.listed || !listed && test.not
			got := Match([]Record{{test.record, listed}}, []Entry{test.entry})
			if (got[0] == 0) != want {
				t.Errorf("%s, listed %v: %v, want %v", test.name, listed, got[0] == 0, want)
			}
		}
	}
}

// TestMatch says which of several records and entries belong together.
func TestMatch(t *testing.T) {
	record := func(day Day, title, text, url string) Record {
		return Record{Entry{Day: day, Title: title, Text: text, URL: url}, true}
	}
	entry := func(day Day, title, text, url string) Entry {
		return Entry{Day: day, Title: title, Text: text, URL: url}
	}
	for _, test := range []struct {
		name    string
		records []Record
		entries []Entry
		want    []int
	}{
		{"nothing", nil, nil, nil},
		{"all new", nil, []Entry{entry(1, "", kuopio, "")}, []int{-1}},
		{"one day and summary, by title",
			[]Record{record(1, "Yksi", "Sama.", ""), record(1, "Kaksi", "Sama.", "")},
			[]Entry{entry(1, "Kaksi", "Sama.", ""), entry(1, "Yksi", "Sama.", "")}, []int{1, 0}},
		{"one day and summary, a third",
			[]Record{record(1, "Yksi", "Sama.", ""), record(1, "Kaksi", "Sama.", "")},
			[]Entry{entry(1, "Kolme", "Sama.", ""), entry(1, "Yksi", "Sama.", ""), entry(1, "Kaksi", "Sama.", "")}, []int{-1, 0, 1}},
		{"one day and summary, cut",
			[]Record{record(1, "Yksi", kuopio, ""), record(1, "Kaksi", kuopio, "")},
			[]Entry{entry(1, "Kaksi", "Kuopiossa kokeillaan…", ""), entry(1, "Yksi", "Kuopiossa kokeillaan…", "")}, []int{1, 0}},
		{"the old one is still listed",
			[]Record{record(1, "Uutiset", kuopio, "")},
			[]Entry{entry(1, "Uutiset", kuopio+" Lue lisää.", ""), entry(1, "Uutiset", kuopio, "")}, []int{-1, 0}},
		{"the better of two",
			[]Record{record(1, "", kuopio+" "+turku, ""), record(1, "", kuopio+" Ilmoittaudu heti.", "")},
			[]Entry{entry(1, "", kuopio+" Ilmoittaudu nyt.", "")}, []int{1}},
		{"both of two, however they are placed",
			[]Record{record(1, "", turku+" Lisää.", ""), record(1, "", kuopio+" Lisää.", "")},
			[]Entry{entry(1, "", kuopio, ""), entry(1, "", turku, "")}, []int{1, 0}},
		{"address of all",
			[]Record{record(1, "", kuopio, "https://a.example/blogi"), record(2, "", turku, "https://a.example/blogi")},
			[]Entry{entry(2, "", turku, "https://a.example/blogi"), entry(1, "", kuopio, "https://a.example/blogi")}, []int{1, 0}},
		{"address before text",
			[]Record{record(1, "", kuopio, "https://a.example/yksi"), record(1, "", kuopio, "https://a.example/kaksi")},
			[]Entry{entry(1, "", kuopio, "https://a.example/kaksi")}, []int{1}},
		{"listed before not",
			[]Record{{Entry{Day: 1, Text: kuopio}, false}, record(1, "", kuopio, "")},
			[]Entry{entry(1, "", kuopio, "")}, []int{1}},
		{"daily text, newest",
			[]Record{record(1, "", kuopio, ""), record(2, "", kuopio, "")},
			[]Entry{entry(3, "", kuopio, ""), entry(2, "", kuopio, "")}, []int{-1, 1}},
		{"daily text, by title",
			[]Record{record(1, "Yksi", kuopio, ""), record(2, "Kaksi", kuopio, "")},
			[]Entry{entry(3, "Yksi", kuopio, ""), entry(2, "Kaksi", kuopio, "")}, []int{0, 1}},
		{"a week later, but older than others",
			[]Record{record(1, "", kuopio, ""), record(20, "", turku, "")},
			[]Entry{entry(20, "", turku, ""), entry(8, "", kuopio, "")}, []int{1, 0}},
	} {
		if got := Match(test.records, test.entries); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, test := range []struct{ url, address, slug string }{
		{"", "", ""},
		{"https://a.example", "a.example", ""},
		{"https://a.example/", "a.example", ""},
		{"HTTP://WWW.A.example/b/c/", "a.example/b/c", "c"},
		{"https://a.example/b/c.html?utm_source=x&Ref=y&fbclid=z#d", "a.example/b/c", "c"},
		{"https://a.example/b/index.html", "a.example/b", "b"},
		{"https://a.example/B/C?page=2&id=1", "a.example/B/C?id=1&page=2", "Cid=1&page=2"},
		{"https://a.example/?p=1", "a.example?p=1", "p=1"},
		{"https://a.example/ty%C3%B6t%C3%A4", "a.example/työtä", "työtä"},
		{"https://a.example/%", "https://a.example/%", "%"},
	} {
		if got := address(test.url); got != test.address || slug(got) != test.slug {
			t.Errorf("%s: %q, %q; want %q, %q", test.url, got, slug(got), test.address, test.slug)
		}
	}
}

func TestJudge(t *testing.T) {
	records := make([]Record, 10) // of days 10, 9, … 1
	for i := range records {
		records[i] = Record{Entry{Day: Day(10 - i), Text: fmt.Sprint("Juttu ", i)}, true}
	}
	unlisted := slices.Clone(records)
	for i := range unlisted {
		unlisted[i].Listed = false
	}
	for _, test := range []struct {
		name    string
		records []Record
		days    string // of the entries; "+" is a new one
		want    Verdict
	}{
		{"first", nil, "10+ 9+", Verdict{}},
		{"none listed", unlisted, "12+", Verdict{}},
		{"whole", records, "10 9 8 7 6 5 4 3 2 1", Verdict{}},
		{"new ones", records, "12+ 11+ 10 9 8 7 6 5 4 3 2 1", Verdict{}},
		{"one deleted", records, "10 9 8 7 5 4 3 2 1", Verdict{Cut: true}},
		{"newest alone", records, "10 9 8", Verdict{Short: true, Cut: true}},
		{"one newer", records, "11+ 10 9 8 7 6", Verdict{Cut: true}},
		{"ends in a fragment", records, "10 9 8 7 6+", Verdict{Short: true, Cut: true}},
		{"ends in a new one", records, "10 9 8 7 6 5 0+", Verdict{}},
		{"middle lost", records, "10 2 1", Verdict{Gaps: true, Short: true, Cut: true}},
		{"maintenance", records, "12+", Verdict{Failed: true}},
		{"empty", records, "", Verdict{Failed: true}},
	} {
		var entries []Entry
		var found []int
		for _, day := range strings.Fields(test.days) {
			var e Entry
			fmt.Sscan(strings.TrimSuffix(day, "+"), &e.Day)
			entries = append(entries, e)
			if strings.HasSuffix(day, "+") {
				found = append(found, -1)
			} else {
				found = append(found, 10-int(e.Day))
			}
		}
		if got := Judge(test.records, entries, found); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestMerge(t *testing.T) {
	old := Entry{ID: "a", Day: 1, Title: "Otsikko", Text: kuopio, URL: "https://a.example/b"}
	for _, test := range []struct {
		name string
		now  Entry
		cut  bool
		want Entry
	}{
		{"all", Entry{ID: "b", Day: 2, Title: "Uusi", Text: turku, URL: "https://a.example/c"}, false,
			Entry{ID: "a", Day: 2, Title: "Uusi", Text: turku, URL: "https://a.example/c"}},
		{"nothing", Entry{Day: 1}, false, old},
		{"teaser", Entry{Day: 1, Title: "Ots…", Text: "Kuopiossa kokeillaan uutta…"}, false, old},
		{"dots", Entry{Day: 1, Text: "Kuopiossa kokeillaan uutta..."}, false, old},
		{"teaser with a typo mended", Entry{Day: 1, Text: strings.Replace(kuopio, "kokeillaan", "kokeilllaan", 1)[:100] + "…"}, false, old},
		{"teaser of another text", Entry{Day: 1, Text: "Miten kunta voi…"}, false,
			Entry{ID: "a", Day: 1, Title: "Otsikko", Text: "Miten kunta voi…", URL: old.URL}},
		{"shortened", Entry{Day: 1, Text: "Kuopiossa kokeillaan uutta."}, false,
			Entry{ID: "a", Day: 1, Title: "Otsikko", Text: "Kuopiossa kokeillaan uutta.", URL: old.URL}},
		{"cut", Entry{Day: 1, Text: "Kuopiossa kokeillaan uutta."}, true, old},
		{"cut, but longer", Entry{Day: 1, Text: kuopio + " Lis"}, true,
			Entry{ID: "a", Day: 1, Title: "Otsikko", Text: kuopio + " Lis", URL: old.URL}},
	} {
		if got := Merge(old, test.now, test.cut); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

// archiveOf returns records of random articles, a few a day, or all of one
// day. The newest thousand are listed.
func archiveOf(n, perDay int) []Record {
	r := rand.New(rand.NewPCG(1, 2))
	records := make([]Record, n)
	for i := range records {
		records[i] = Record{Entry{Day: Day(-i / perDay), Title: heading(r), Text: summary(r), ID: fmt.Sprint(i)}, i < 1000}
	}
	return records
}

// cutEntries returns the listed of the records as a page shows them that has
// begun to cut its summaries.
func cutEntries(records []Record) []Entry {
	var entries []Entry
	for _, r := range records {
		if r.Listed {
			entries = append(entries, Entry{Day: r.Day, Title: r.Title, Text: cutAt(r.Text, 100)})
		}
	}
	return entries
}

// TestOneDay has more articles of one day than can be compared with each other.
func TestOneDay(t *testing.T) {
	records := archiveOf(3000, 3000)
	wrong := 0
	for i, r := range Match(records, cutEntries(records)) {
		if r != i {
			wrong++
		}
	}
	if wrong > 10 {
		t.Errorf("%d of 1000 are wrong", wrong)
	}
}

// FuzzMatch checks that no record is matched twice, and that a page that is read
// again is the same.
func FuzzMatch(f *testing.F) {
	f.Add("Sama.\nSama. Ja muuta\nhttps://a.example/b", "Sama…\nViikon vinkki 1\nViikon vinkki 2", uint8(3))
	f.Fuzz(func(t *testing.T, a, b string, n uint8) {
		parse := func(s string) (entries []Entry) {
			for i, line := range strings.Split(s, "\n") {
				e := Entry{Day: Day(i) % Day(n/16+1), Text: line}
				switch {
				case strings.Contains(line, "/"):
					e.URL = line
				case i%2 == int(n)%2:
					e.Title = line
				}
				entries = append(entries, e)
			}
			return entries
		}
		var records []Record
		for i, e := range parse(a) {
			records = append(records, Record{e, i%3 > 0})
		}
		entries := parse(b)
		found := Match(records, entries)
		if len(found) != len(entries) {
			t.Fatalf("%d of %d", len(found), len(entries))
		}
		seen := make(map[int]bool)
		for _, r := range found {
			if r < -1 || r >= len(records) || seen[r] {
				t.Fatal(found)
			}
			seen[r] = r >= 0
		}
		if again := Match(records, entries); !slices.Equal(found, again) {
			t.Fatal(found, again)
		}
		if slices.Contains(Match(records, parse(a)), -1) {
			t.Fatal("the same page has a new article")
		}
		Judge(records, entries, found)
	})
}

// BenchmarkMatch matches 1,000 entries with 100,000 records.
func BenchmarkMatch(b *testing.B) {
	few, one := archiveOf(100_000, 3), archiveOf(100_000, 100_000)
	same := make([]Record, 100_000)
	zigzag := make([]Record, 100_000)
	for i := range same {
		same[i] = Record{Entry{Text: "Sama teksti joka kerta."}, i < 1000}
		zigzag[i] = Record{Entry{Text: strings.Repeat("aika ", i%200) + strings.Repeat("kuka ", 200-i%200)}, i < 1000}
	}
	asTheyAre := func(records []Record) []Entry {
		var entries []Entry
		for _, r := range records[:1000] {
			entries = append(entries, r.Entry)
		}
		return entries
	}
	longer := asTheyAre(zigzag)
	for i := range longer {
		longer[i].Text += "ja muuta"
	}
	for _, bench := range []struct {
		name    string
		records []Record
		entries []Entry
	}{
		{"nothing changed", few, asTheyAre(few)},
		{"all cut", few, cutEntries(few)},
		{"all cut, one day", one, cutEntries(one)},
		{"same text", same, asTheyAre(same)},
		{"zigzag", zigzag, longer},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				Match(bench.records, bench.entries)
			}
		})
	}
}
