package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// TestPages reads pages that stand beside the same listing as text, and a list
// of the links that the text does not have.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	require.NoError(t, err)
	require.NotEmpty(t, pages)
	for _, name := range pages {
		t.Run(filepath.Base(name), func(t *testing.T) {
			read := func(name string) string {
				b, err := os.ReadFile(name)
				require.NoError(t, err)
				return string(b)
			}
			base := strings.TrimSuffix(name, ".html")
			want, err := vatesfeed.Parse(name, strings.NewReader(read(base+".txt")))
			require.NoError(t, err)
			links := strings.Split(read(base+".links"), "\n")
			for i := range want[0].Articles {
				want[0].Articles[i].Link = links[i]
			}
			want[0].URL = address.String()
			got, err := Parse(name, []byte(read(name)), address)
			require.NoError(t, err)
			for i := range got {
				got[i].Problems = nil
			}
			assert.Empty(t, cmp.Diff(want, got))
		})
	}
}

func TestProblem(t *testing.T) {
	b, err := os.ReadFile("testdata/plain.html")
	require.NoError(t, err)
	listings, err := Parse("plain.html", b, nil)
	require.NoError(t, err)
	require.Len(t, listings[0].Problems, 1)
	p := listings[0].Problems[0]
	assert.ErrorIs(t, p, vatesfeed.ErrDate)
	assert.Equal(t, `plain.html: "31.02.2024" is not a date: there is no such day`, p.Error())
	assert.Equal(t, "31.02.2024\n\nTätä päivää ei ole.", p.Text)
}

func TestParseWritten(t *testing.T) {
	day := vatesfeed.Date{Year: 2024, Month: 1, Day: 29}
	for _, s := range []string{
		"29.1.2024", "29.01.2024", "29. 1. 2024", "29. tammikuuta 2024", "29. Tammikuuta 2024", "29. tammi 2024", "29.tammikuu 2024",
		"Julkaistu 29.01.2024 klo 10.15", "Julkaistu: 29.1.2024", "julkaistu 29.1.2024, 10:15", "ma 29.1.2024", "maanantaina 29. tammikuuta 2024 klo 9.00",
		"Pvm: 29.1.2024", "(29.1.2024)", "– 29.1.2024", "29.1.2024 |", "29.1.2024 klo 10.15.30", "Publicerad 29.1.2024",
	} {
		got, isDate, published, err := parseWritten(s)
		assert.True(t, isDate, s)
		assert.True(t, published, s)
		assert.NoError(t, err, s)
		assert.Equal(t, day, got, s)
	}
	for _, s := range []string{
		"", "Webinaari 29.1.2024", "29.1.2024 Helsingissä", "29.1.–2.2.2024", "29.1.", "1/2024", "29.1.24", "2024", "tammikuu 2024", "29. tammelaa 2024",
		"Tapaamme 29.1.2024", "kello 10.15",
	} {
		_, isDate, _, _ := parseWritten(s)
		assert.False(t, isDate, s)
	}
	for _, s := range []string{"Päivitetty 29.1.2024", "Viimeksi muokattu: 29.1.2024", "muokattu 29.1.2024 klo 10.15"} {
		_, isDate, published, _ := parseWritten(s)
		assert.True(t, isDate, s)
		assert.False(t, published, s)
	}
	_, isDate, _, err := parseWritten("31. helmikuuta 2024")
	assert.True(t, isDate)
	assert.ErrorIs(t, err, vatesfeed.ErrDate)
}

func TestParseMachine(t *testing.T) {
	for s, want := range map[string]string{
		"2024-01-29":                    "2024-01-29",
		" 2024-01-29T10:15 ":            "2024-01-29",
		"2024-01-29 10:15:00":           "2024-01-29",
		"2024-01-29T10:15:00+02:00":     "2024-01-29",
		"2024-01-29T23:30:00Z":          "2024-01-30",
		"2024-01-29T23:30:00.000Z":      "2024-01-30",
		"2024-01-29T10:15:00+0200":      "2024-01-29",
		"2024-01-29T00:30:00.000+02:00": "2024-01-29",
	} {
		got, ok := parseMachine(s)
		assert.True(t, ok, s)
		assert.Equal(t, want, got.String(), s)
	}
	for _, s := range []string{"", "2024", "2024-02-31", "10:15", "P3D"} {
		_, ok := parseMachine(s)
		assert.False(t, ok, s)
	}
}

// TestSharedLink has entries that all lead to the same page, which is then not
// the page of any.
func TestSharedLink(t *testing.T) {
	listings, err := Parse("test", []byte(`<h1>Blogi</h1><ul><li>1.1.2024<p>Yksi.</p><a href="/blogi">Lue lisää</a></li><li>2.1.2024<p>Kaksi.</p><a href="/blogi">Lue lisää</a></li><li>3.1.2024<p>Kolme.</p><a href="/c">Lue lisää</a></li></ul>`), address)
	require.NoError(t, err)
	var links []string
	for _, a := range listings[0].Articles {
		links = append(links, a.Link)
	}
	assert.Equal(t, []string{"", "", "https://www.vates.fi/c"}, links)
}

// TestSections has entries of one form under several headings.
func TestSections(t *testing.T) {
	listings, err := Parse("test", []byte(`<main><h1>Ajankohtaista</h1>
		<section><h2>Blogi</h2><div class="teaser"><p>1.1.2024</p><h3><a href="/1">Yksi</a></h3><p>Yhteenveto.</p></div></section>
		<section><h2>Uutiset</h2><div class="teaser"><p>2.1.2024</p><h3><a href="/2">Kaksi</a></h3><p>Toinen yhteenveto.</p></div></section></main>`), address)
	require.NoError(t, err)
	require.Len(t, listings, 2)
	assert.Equal(t, []string{"Blogi"}, listings[0].Articles[0].Sections)
	assert.Equal(t, []string{"Uutiset"}, listings[1].Articles[0].Sections)
}

func TestDeep(t *testing.T) {
	_, err := Parse("test", []byte(strings.Repeat("<div>", 100000)+"1.1.2024"), address)
	assert.ErrorContains(t, err, "test: ")
}

func FuzzParse(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, name := range pages {
		b, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(b)
	}
	for _, s := range shapes {
		f.Add([]byte(s.before + s.entry + s.untitled + s.after))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		listings, err := Parse("test", b, address)
		again, _ := Parse("test", b, address)
		assert.Equal(t, listings, again)
		n := 0
		for _, l := range listings {
			for _, a := range l.Articles {
				n++
				assert.True(t, a.Title != "" || a.Summary != "", "an article says something")
				assert.True(t, a.Link == "" || strings.HasPrefix(a.Link, "http://") || strings.HasPrefix(a.Link, "https://"), a.Link)
				assert.NotContains(t, a.Title, "\n")
			}
		}
		assert.Equal(t, n == 0, err != nil)
	})
}
