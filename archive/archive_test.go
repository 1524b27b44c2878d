package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/source"
)

var now = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

// article returns an article of January 2024, with words that no other day has.
func article(day int) vatesfeed.Article {
	w := strings.Fields("talvi koulu metsä katu ranta silta torni puisto asema kirjasto satama tehdas pelto saari kylä tori mylly lampi kallio niitty polku ladut hanki jää lumi routa tuuli pakkanen aurinko ilta aamu")[day%31]
	return vatesfeed.Article{
		Date:     vatesfeed.Date{Year: 2024, Month: 1, Day: day},
		Title:    fmt.Sprintf("Uusi %s avattiin", w),
		Summary:  fmt.Sprintf("Tällä viikolla %s on ollut esillä, ja moni %s sai kiitosta. Lisää %s luvassa.", w, w+"nen", w+"sta"),
		Sections: []string{"Blogi"},
	}
}

// page returns the result of reading a page with these articles.
func page(name string, articles ...vatesfeed.Article) source.Result {
	return source.Result{
		Source:   source.Source{Name: name},
		Listings: []vatesfeed.Listing{{URL: "https://www.vates.fi/blogi", Articles: articles}},
	}
}

// update adds results, which must cause no problems.
func update(t *testing.T, a *Archive, results ...source.Result) {
	t.Helper()
	require.Empty(t, a.Update(now, results))
}

func text(t *testing.T, a *Archive) string {
	t.Helper()
	var b strings.Builder
	n, err := a.WriteTo(&b)
	require.NoError(t, err)
	require.EqualValues(t, b.Len(), n)
	return b.String()
}

func read(t *testing.T, s string) *Archive {
	t.Helper()
	a, err := Read(strings.NewReader(s))
	require.NoError(t, err)
	return a
}

func ids(articles []vatesfeed.Article) []string {
	var ids []string
	for _, a := range articles {
		ids = append(ids, a.ID())
	}
	return ids
}

// A walk changes the pages of three sources at random, in the ways that editors
// and servers do.
type walk struct {
	*rand.Rand
	pages [3][]vatesfeed.Article
	day   int
}

func (w *walk) next() []source.Result {
	var results []source.Result
	for i := range w.pages {
		p := &w.pages[i]
		for range w.IntN(3) {
			w.day++
			e := article(w.day)
			e.Date = vatesfeed.DateOf(now.AddDate(0, 0, w.day/3))
			e.Summary = fmt.Sprint(w.Uint64(), " ", w.Uint64(), " <&\"\u2028> ") + e.Summary
			if w.IntN(2) == 0 {
				e.Link = fmt.Sprintf("https://www.vates.fi/%x", w.Uint64())
			}
			if w.IntN(4) == 0 {
				e.Title = ""
			} else if w.IntN(8) == 0 {
				e.Summary = ""
			}
			*p = append([]vatesfeed.Article{e}, *p...)
		}
		if n := len(*p); n > 0 {
			e := &(*p)[w.IntN(n)]
			switch w.IntN(8) {
			case 0:
				e.Title = "Muutettu: " + e.Title
			case 1:
				e.Summary += " Päivitetty."
			case 2:
				e.Sections = []string{"Blogi", fmt.Sprint("Osio ", w.IntN(3))}
			case 3:
				e.Link = fmt.Sprintf("https://www.vates.fi/%x", w.Uint64())
			case 4:
				*p = (*p)[:max(1, n-2)]
			case 5:
				other := &w.pages[(i+1)%3]
				*other = append(*other, *e)
			}
		}
		r := page(fmt.Sprint("https://www.vates.fi/", i), *p...)
		r.ETag, r.LastModified = fmt.Sprintf(`"%x"`, w.Uint64()), now.Format(time.RFC1123)
		switch w.IntN(6) {
		case 0:
			r = source.Result{Source: r.Source, Err: &source.StatusError{Code: 503, RetryAfter: time.Duration(w.IntN(3)) * time.Hour}}
		case 1:
			r = source.Result{Source: r.Source, Unchanged: true}
		case 2:
			r = source.Result{Source: r.Source, Err: vatesfeed.ErrNoArticles}
		default:
			if len(*p) == 0 {
				r = source.Result{Source: r.Source, Err: vatesfeed.ErrNoArticles}
			}
		}
		results = append(results, r)
	}
	return results
}

// TestRoundTrip takes walks with two archives. One stays in memory; the other is
// saved and loaded before each step. They must stay equal, and must never lose an
// article.
func TestRoundTrip(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.json")
	for seed := range uint64(10) {
		os.Remove(name)
		w := walk{Rand: rand.New(rand.NewPCG(seed, 0))}
		memory := new(Archive)
		had := make(map[string]bool)
		for step := range 15 {
			results := w.next()
			at := now.Add(time.Duration(step) * time.Hour)
			loaded, err := Load(name)
			require.NoError(t, err)
			assert.Equal(t, memory.Update(at, append([]source.Result(nil), results...)), loaded.Update(at, results))
			_, err = loaded.Save(name)
			require.NoError(t, err)
			changed, err := loaded.Save(name)
			require.NoError(t, err)
			assert.False(t, changed)

			want := text(t, memory)
			require.Equal(t, want, text(t, loaded), "seed %d, step %d", seed, step)
			again := read(t, want)
			require.Equal(t, want, text(t, again))
			for what, of := range map[string]func(*Archive) any{
				"articles": func(a *Archive) any { return a.Articles() },
				"listed":   func(a *Archive) any { return a.Listed() },
				"page":     func(a *Archive) any { return a.Page().URL },
				"sources": func(a *Archive) any {
					sources, waiting := a.Sources(at, "https://www.vates.fi/0", "https://www.vates.fi/1", "other")
					return fmt.Sprint(sources, waiting)
				},
			} {
				require.Empty(t, cmp.Diff(of(memory), of(again), cmpopts.EquateEmpty()), what)
			}

			has := make(map[string]bool)
			for _, id := range ids(memory.Articles()) {
				assert.False(t, has[id], "each ID once")
				has[id] = true
			}
			for id := range had {
				require.True(t, has[id], "seed %d, step %d: %s is gone", seed, step, id)
			}
			had = has
		}
		assert.Greater(t, len(had), 20)
	}
}

// TestReadFeed reads JSON Feeds that the module wrote for readers.
func TestReadFeed(t *testing.T) {
	want := []vatesfeed.Article{
		{Date: vatesfeed.Date{Year: 2024, Month: 7, Day: 1}, Title: "Otsikko", Summary: "Teksti.\n\nToinen kappale.", Sections: []string{"A", "B"}, Link: "https://www.vates.fi/1"},
		{Date: vatesfeed.Date{Year: 2024, Month: 7, Day: 1}, Summary: "Ilman otsikkoa."},
		{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 1}, Title: "Linkitön", Summary: "a < b"},
	}
	var b bytes.Buffer
	f := vatesfeed.Feed{Articles: want, PageURL: "https://www.vates.fi/blogi"}
	require.NoError(t, f.Write(&b, vatesfeed.JSON))
	for i := range want {
		want[i].GUID = want[i].ID()
	}
	a := read(t, b.String())
	assert.Empty(t, cmp.Diff(want, a.Articles(), cmpopts.EquateEmpty()))
	assert.Equal(t, f.PageURL, a.Page().URL)

	// Feeds once had midnight as the time.
	old := strings.NewReplacer("T06:00:00+03:00", "T00:00:00+03:00", "T06:00:01+03:00", "T00:00:01+03:00", "T06:00:00+02:00", "T00:00:00+02:00").Replace(b.String())
	require.Equal(t, 3, strings.Count(old, "T00:00:0"))
	assert.Equal(t, a.Articles(), read(t, old).Articles())

	// A page updates the archive, also after the page has failed once. The summary
	// of one article and the date of another have changed.
	edited := []vatesfeed.Article{want[0], want[1], want[2]}
	for i := range edited {
		edited[i].GUID = ""
	}
	edited[0].Summary = "Teksti.\n\nToinen kapale."
	edited[2].Date.Day = 2
	gone := page("x")
	gone.Err = errors.New("404")
	update(t, a, gone)
	a = read(t, text(t, a))
	update(t, a, page("x", edited...))
	assert.Equal(t, ids(want), ids(a.Articles()))
	assert.Equal(t, edited[0].Summary, a.Articles()[0].Summary)
	assert.Equal(t, edited[2].Date, a.Articles()[2].Date)
}

func TestReadRefuses(t *testing.T) {
	a := new(Archive)
	update(t, a, page("x", article(1), article(2)))
	whole := text(t, a)
	id := a.Articles()[0].GUID
	foreign, broken := "not an archive of vatesfeed", "the archive is broken, and left as it is"
	for _, test := range []struct{ name, file, want string }{
		{"empty", "", foreign},
		{"text", "Artikkelit\n", foreign},
		{"another's feed", `{"version": "https://jsonfeed.org/version/1.1", "title": "X", "items": []}`, foreign},
		{"other JSON", `{"a": 1}`, foreign},
		{"newer", strings.Replace(whole, `"version": 1,`, `"version": 2,`, 1), "a newer vatesfeed wrote it"},
		{"another's item without a date", `{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}`, foreign},
		{"half", whole[:len(whole)/2], broken},
		{"without its end", strings.TrimSuffix(whole, "}\n"), broken},
		{"twice", whole + whole, broken},
		{"items twice", strings.Replace(whole, `"items": [`, `"items": [], "items": [`, 1), broken},
		{"an ID twice", strings.Replace(whole, a.Articles()[1].GUID, id, 1), broken},
		{"no ID", strings.Replace(whole, id, "", 1), broken},
		{"no date", strings.Replace(whole, `"date_published"`, `"date"`, 1), broken},
		{"a year of five digits", strings.Replace(whole, `"2024-01-02T06:00:00+02:00"`, `"9999-12-31T23:00:00Z"`, 1), broken},
		{"a source that is not there", strings.Replace(whole, `"in": [`, `"in": [7,`, 1), broken},
	} {
		_, err := Read(strings.NewReader(test.file))
		assert.ErrorContains(t, err, test.want, test.name)
		assert.Equal(t, test.want == foreign, errors.Is(err, ErrForeign), test.name)

		name := filepath.Join(t.TempDir(), "all.json")
		require.NoError(t, os.WriteFile(name, []byte(test.file), 0o600))
		_, err = Load(name)
		assert.ErrorContains(t, err, name+": ", test.name)
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, test.file, string(got), test.name)
	}
	_, err := Load(t.TempDir())
	assert.Error(t, err)
}

func TestLoadNothing(t *testing.T) {
	a, err := Load(filepath.Join(t.TempDir(), "all.json"))
	require.NoError(t, err)
	assert.Empty(t, a.Articles())
	_, err = a.Save(filepath.Join(t.TempDir(), "no", "all.json"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

func TestValidators(t *testing.T) {
	a := new(Archive)
	r := page("https://www.vates.fi/blogi", article(1))
	r.ETag, r.LastModified = `"1"`, "Mon, 29 Jan 2024 10:00:00 GMT"
	update(t, a, r)
	known := []source.Source{r.Source}
	none := []source.Source{{Name: r.Name}}
	sources := func(a *Archive) []source.Source {
		s, waiting := a.Sources(now, r.Name)
		assert.Empty(t, waiting)
		return s
	}
	file := text(t, a)
	assert.Equal(t, known, sources(read(t, file)))
	other := strings.Replace(file, fmt.Sprintf(`"reader": %d`, source.ReaderVersion), `"reader": 999`, 1)
	require.NotEqual(t, file, other)
	assert.Equal(t, none, sources(read(t, other)))

	// They stay when a source fails, and when it has become another page.
	failed := source.Result{Source: r.Source, Err: errors.New("404")}
	update(t, a, failed)
	assert.Equal(t, known, sources(a))
	closed := page(r.Name, article(20))
	closed.ETag = `"closed"`
	update(t, a, closed)
	assert.Equal(t, known, sources(a))
}

// TestLeftOut has a new entry at the end of a page that has become shorter. It is
// accepted at the second reading, for which the page is requested without
// validators.
func TestLeftOut(t *testing.T) {
	a := new(Archive)
	last := article(1)
	last.Title, last.Summary = "Aivan muuta", "Kahvila on kiinni remontin ajan."
	update(t, a, page("https://www.vates.fi/blogi", article(4), article(3), article(2), article(1)))
	r := page("https://www.vates.fi/blogi", article(4), article(3), last)
	r.ETag = `"1"`
	problems := a.Update(now, []source.Result{r})
	require.Len(t, problems, 1)
	assert.ErrorContains(t, problems[0], "the last entry, of 2024-01-01, is left out")
	sources, _ := a.Sources(now, r.Name)
	assert.Empty(t, sources[0].ETag)
	update(t, a, r)
	assert.Len(t, a.Articles(), 5)
	sources, _ = a.Sources(now, r.Name)
	assert.Equal(t, r.ETag, sources[0].ETag)
}

// TestPasswords shows that the file, which others can read, has no passwords, and
// that the source keeps its whole URL.
func TestPasswords(t *testing.T) {
	const name = "https://vates:salainen@www.vates.fi/blogi"
	a := new(Archive)
	r := page(name, article(1))
	r.ETag = `"1"`
	update(t, a, r)
	file := text(t, a)
	assert.NotContains(t, file, "salainen")
	loaded := read(t, file)
	sources, _ := loaded.Sources(now, name)
	assert.Equal(t, []source.Source{r.Source}, sources)
	update(t, loaded, source.Result{Source: r.Source, Unchanged: true})
	assert.Equal(t, file, text(t, loaded))
}

// TestEdits changes one of five articles. It must keep its ID, and have the page's
// new text.
func TestEdits(t *testing.T) {
	linked := article(13)
	linked.Link = "https://www.vates.fi/kirjoitus/13"
	for _, test := range []struct {
		name string
		old  vatesfeed.Article
		edit func(*vatesfeed.Article)
	}{
		{"title", article(13), func(e *vatesfeed.Article) { e.Title = "Saari sai sillan" }},
		{"no title before", func() vatesfeed.Article { e := article(13); e.Title = ""; return e }(), func(e *vatesfeed.Article) { e.Title = "Saari sai sillan" }},
		{"link", article(13), func(e *vatesfeed.Article) { e.Link = linked.Link }},
		{"another link", linked, func(e *vatesfeed.Article) { e.Link = "https://www.vates.fi/blogi/uusi-osoite" }},
		{"https", linked, func(e *vatesfeed.Article) { e.Link = "http://vates.fi/kirjoitus/13/" }},
		{"a typo in the summary", article(13), func(e *vatesfeed.Article) { e.Summary = strings.Replace(e.Summary, "esillä", "esilä", 1) }},
		{"a longer summary", article(13), func(e *vatesfeed.Article) { e.Summary += " Tilaisuuteen odotetaan satoja kävijöitä." }},
		{"date", article(13), func(e *vatesfeed.Article) { e.Date.Day = 14 }},
		{"date, of one with a link", linked, func(e *vatesfeed.Article) { e.Date.Day = 15 }},
		{"all, of one with a link", linked, func(e *vatesfeed.Article) {
			e.Title, e.Summary, e.Date.Day = "Saari sai sillan", "Kokonaan uusi teksti.", 14
		}},
	} {
		a := new(Archive)
		rest := []vatesfeed.Article{article(9), article(5), article(3), article(1)}
		update(t, a, page("x", append([]vatesfeed.Article{test.old}, rest...)...))
		want := ids(a.Articles())
		now := test.old
		test.edit(&now)
		for range 3 { // and so it stays
			update(t, a, page("x", append([]vatesfeed.Article{now}, rest...)...))
			assert.Equal(t, want, ids(a.Articles()), test.name)
			got := a.Articles()[0]
			got.GUID = ""
			assert.Equal(t, now, got, test.name)
			a = read(t, text(t, a))
		}
		if now.Date != test.old.Date && now.Link == "" {
			continue
		}
		// The old form, on a page that is behind, is no new article.
		update(t, a, page("y", append([]vatesfeed.Article{test.old}, rest...)...))
		assert.Equal(t, want, ids(a.Articles()), test.name)
	}
}

// TestTwins has articles with the same day and summary, and without links, and
// others with the same link. Their titles differ.
func TestTwins(t *testing.T) {
	one, two, three := article(13), article(13), article(13)
	two.Title, three.Title = "Toinen otsikko", "Kolmas otsikko"
	testTwins(t, one, two, three)
	one.Link, two.Link, three.Link = "https://www.vates.fi/lupa", "https://www.vates.fi/lupa", "https://www.vates.fi/lupa"
	testTwins(t, one, two, three)
	two.Date.Day, three.Date.Day = 17, 12
	testTwins(t, one, two, three)
	one.Summary, two.Summary, three.Summary = "", "", ""
	testTwins(t, one, two, three)
}

func testTwins(t *testing.T, one, two, three vatesfeed.Article) {
	t.Helper()
	for _, pages := range [][][]vatesfeed.Article{
		{{one, two, three}},
		{{three, two, one}},
		{{one}, {one, two}, {one, two, three}},
		{{one, two, three}, {three, two, one}, {two, one, three}},
		{{one, one, two, three, two}},
	} {
		a := new(Archive)
		var before []string
		for _, articles := range pages {
			update(t, a, page("x", articles...))
			a = read(t, text(t, a))
			assert.Subset(t, ids(a.Articles()), before)
			before = ids(a.Articles())
		}
		var titles []string
		for _, e := range a.Articles() {
			titles = append(titles, e.Title)
		}
		assert.ElementsMatch(t, []string{one.Title, two.Title, three.Title}, titles)
		file := text(t, a)
		update(t, a, page("x", pages[len(pages)-1]...))
		assert.Equal(t, file, text(t, a))
	}
}

// TestTakenID has a new article whose ID another article got before its text
// changed. Neither has a title.
func TestTakenID(t *testing.T) {
	old := article(13)
	old.Title = ""
	mended := old
	mended.Summary = strings.Replace(mended.Summary, "esillä", "esilä", 1)
	a := new(Archive)
	update(t, a, page("x", old, article(3)))
	update(t, a, page("x", mended, article(3)))
	update(t, a, page("x", mended, old, article(3)))
	update(t, a, page("x", mended, old, article(3)))
	require.Len(t, a.Articles(), 3)
	assert.Equal(t, old.ID(), a.Articles()[0].ID())
	assert.NotEqual(t, old.ID(), a.Articles()[1].ID())
}

// TestTwoSections has one article in two sections of a page.
func TestTwoSections(t *testing.T) {
	one, two := article(13), article(13)
	two.Sections = []string{"Uutiset"}
	a := new(Archive)
	update(t, a, source.Result{Source: source.Source{Name: "x"}, Listings: []vatesfeed.Listing{
		{Articles: []vatesfeed.Article{one, article(3)}},
		{Articles: []vatesfeed.Article{two, article(2)}},
	}})
	require.Len(t, a.Articles(), 3)
	assert.Equal(t, []string{"Blogi", "Uutiset"}, a.Articles()[0].Sections)
	update(t, a, page("y", two))
	assert.Equal(t, []string{"Blogi", "Uutiset"}, a.Articles()[0].Sections)
}

// TestPauses has a URL that fails again and again, then says when to come back,
// and then answers.
func TestPauses(t *testing.T) {
	const name = "https://www.vates.fi/blogi"
	a, at := new(Archive), now
	wait := func() time.Duration {
		a = read(t, text(t, a))
		if _, waiting := a.Sources(at, name); len(waiting) == 0 {
			return 0
		}
		for d := time.Minute; ; d += time.Minute {
			sources, waiting := a.Sources(at.Add(d), name)
			if len(waiting) == 0 {
				require.Len(t, sources, 1)
				return d
			}
			assert.Equal(t, name, waiting[0].Name)
			require.ErrorIs(t, waiting[0].Err, ErrWait)
		}
	}
	fail := func(err error) time.Duration {
		update(t, a, source.Result{Source: source.Source{Name: name}, Err: err})
		return wait()
	}
	var pauses []time.Duration
	for range 14 {
		pauses = append(pauses, fail(errors.New("404"))/time.Minute)
	}
	assert.Equal(t, []time.Duration{0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360}, pauses)

	at = now.Add(6 * time.Hour)
	assert.Zero(t, fail(fmt.Errorf("x: %w", vatesfeed.ErrNoArticles)), "it has answered")
	at = now
	update(t, a, page(name, article(1)))
	assert.Zero(t, wait())
	assert.Equal(t, time.Hour, fail(fmt.Errorf("x: %w", &source.StatusError{Code: 429, RetryAfter: time.Hour})))
	update(t, a, source.Result{Source: source.Source{Name: name}, Err: ErrWait})
	assert.Equal(t, time.Hour, wait(), "not asking changes nothing")
	at = at.Add(time.Hour)
	assert.Zero(t, wait())
	update(t, a, source.Result{Source: source.Source{Name: name}, Unchanged: true})
	assert.Zero(t, fail(errors.New("404")), "the first failure in a row")

	// Neither a server nor a wrong clock can put off requests for years.
	at = now
	assert.Equal(t, maxPause, fail(&source.StatusError{Code: 503, RetryAfter: 1e6 * time.Hour}))
	at = now.AddDate(-1, 0, 0)
	assert.Zero(t, wait())

	// A file can be read again at once.
	for range 5 {
		update(t, a, source.Result{Source: source.Source{Name: "a.txt"}, Err: fs.ErrNotExist})
	}
	_, waiting := a.Sources(now, "a.txt")
	assert.Empty(t, waiting)
}

func TestLock(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.json")
	unlock, err := Lock(t.Context(), name)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Lock(ctx, name)
	assert.EqualError(t, err, fmt.Sprintf("%s is in use by process %d", name, os.Getpid()))
	got := make(chan error, 1)
	go func() {
		unlock, err := Lock(t.Context(), name)
		if err == nil {
			err = unlock()
		}
		got <- err
	}()
	require.NoError(t, unlock())
	require.NoError(t, <-got)
	_, err = Lock(t.Context(), filepath.Join(name, "no", "folder"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// FuzzRead reads anything. What it accepts, WriteTo writes, and Read reads that
// back as the same archive.
func FuzzRead(f *testing.F) {
	a := new(Archive)
	w := walk{Rand: rand.New(rand.NewPCG(1, 0))}
	for range 3 {
		a.Update(now, w.next())
	}
	var b bytes.Buffer
	a.WriteTo(&b)
	f.Add(b.Bytes())
	b.Reset()
	(&vatesfeed.Feed{Articles: []vatesfeed.Article{article(1), article(2)}}).Write(&b, vatesfeed.JSON)
	f.Add(b.Bytes())
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","user_comment":"Made by vatesfeed","items":[{"id":" ","title":"a  b","date_published":"0001-01-02T00:00:00Z"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := Read(bytes.NewReader(b))
		if err != nil {
			return
		}
		file := text(t, a)
		again := read(t, file)
		if diff := cmp.Diff(a.Articles(), again.Articles(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(file, text(t, again)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPageOf(t *testing.T) {
	for _, c := range []struct {
		listing vatesfeed.Listing
		want    Page
	}{
		{vatesfeed.Listing{}, Page{}},
		{vatesfeed.Listing{URL: "https://www.vates.fi/a"}, Page{URL: "https://www.vates.fi/a"}},
		{vatesfeed.Listing{URL: "https://www.example.org/a"}, Page{URL: "https://www.example.org/a", Site: "example.org"}},
		{vatesfeed.Listing{URL: "https://example.org/a", Site: "Säätiö", Language: "sv"}, Page{"https://example.org/a", "Säätiö", "sv"}},
	} {
		assert.Equal(t, c.want, PageOf([]vatesfeed.Listing{{}, c.listing}))
	}
}
