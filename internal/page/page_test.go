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

// TestPages reads pages that stand beside the same listing as text, and beside
// what the text does not have: a line for each article with its link and, after
// tabs, its labels, its authors, and "title" if it has nothing else. Adding such files is all it takes to test
// another page.
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
			for i := range want {
				want[i].URL = address.String()
				for j := range want[i].Articles {
					a := &want[i].Articles[j]
					columns := append(strings.Split(links[0], "\t"), "", "", "")
					links = links[1:]
					a.Link = columns[0]
					if columns[1] != "" {
						a.Sections = append(a.Sections[:1:1], strings.Split(columns[1], "; ")...)
					}
					if columns[2] != "" {
						a.Authors = strings.Split(columns[2], "; ")
					}
					if columns[3] == "title" {
						a.Title, a.Summary = a.Summary, ""
					}
				}
			}
			assert.Equal(t, []string{""}, links)
			got, err := Parse(name, []byte(read(name)), address)
			require.NoError(t, err)
			for i := range got {
				got[i].Problems = nil
				got[i].Site, got[i].Language = "", ""
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
