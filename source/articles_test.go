package source

import (
	"fmt"
	"html"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/samples"
)

// systems are what the templates in testdata/articles are for. They have the
// structure that these systems give to an article's page.
var systems = []string{"wordpress", "drupal", "joomla", "ghost", "liferay"}

// articleData is what a template shows.
type articleData struct {
	Title, SiteName, URL, SiteURL string
	Day, Time                     string
	Authors                       []string
	Author                        string
	ImageURL, ImageAlt            string
	ImageWidth, ImageHeight       int
	Body                          template.HTML
	Others                        []otherArticle
}

type otherArticle struct{ Title, URL, Summary string }

// articlePages returns articles with texts of real ones, six for each system.
func articlePages(siteURL string) []*articleData {
	texts := vatesfeed.Merge(samples.Listings()...)
	writers := []string{"Jaana Pakarinen", "Matti af Heurlin", "Anna-Liisa K. Ståhl", "Kyösti Kallio", "Minna Canth"}
	var all []*articleData
	for n := range 6 * len(systems) {
		a := texts[n]
		d := &articleData{
			Title: a.Headline(), SiteName: "Työllistymisen tuki", SiteURL: siteURL, URL: fmt.Sprintf("%s/blogi/%d", siteURL, n),
			Day: a.Date.Time().Format("2.1.2006"), Time: a.Date.Time().Format("2006-01-02T15:04:05-07:00"),
			Authors:  []string{writers[n%len(writers)]},
			ImageURL: fmt.Sprintf("%s/kuvat/%d.jpg", siteURL, n), ImageAlt: fmt.Sprintf("Kuva & sen %d. teksti", n), ImageWidth: 1200, ImageHeight: 600 + n,
		}
		d.Title = strings.TrimSuffix(d.Title, ".")
		switch n / len(systems) {
		case 1:
			d.Authors = append(d.Authors, writers[(n+1)%len(writers)])
		case 2:
			d.Title += ` – "uusi" <työ> & toimi`
		case 3:
			d.Title = "Lyhyt - otsikko | kaksiosainen"
		}
		d.Author = d.Authors[0]
		var body strings.Builder
		for i := range 5 {
			more := html.EscapeString(texts[(n+7*i)%len(texts)].Summary)
			fmt.Fprintf(&body, "<p>%s</p>\n", strings.ReplaceAll(more, "\n\n", "</p><p>"))
			if i == 1 {
				fmt.Fprintf(&body, "<h2>Väliotsikko %d</h2>\n<ul><li>Ensimmäinen kohta on tässä.</li><li>Toinen kohta on <a href=\"/muu\">toisella sivulla</a>.</li></ul>\n", n)
			}
		}
		d.Body = template.HTML(body.String())
		all = append(all, d)
	}
	for n, d := range all {
		for i := range 4 {
			o := all[(n+5*i+5)%len(all)]
			d.Others = append(d.Others, otherArticle{o.Title, o.URL, "Tiivistelmä: " + o.Title})
		}
	}
	return all
}

// TestArticlePages reads 30 articles' pages in the markup of five systems.
func TestArticlePages(t *testing.T) {
	templates := template.Must(template.ParseGlob("testdata/articles/*.html"))
	site := newTestSite(t)
	articles := articlePages(site.URL)
	for n, d := range articles {
		site.mux.HandleFunc(fmt.Sprintf("/blogi/%d", n), func(w http.ResponseWriter, _ *http.Request) {
			assert.NoError(t, templates.ExecuteTemplate(w, systems[n%len(systems)]+".html", d))
		})
	}
	right, sum := 0, 0.0
	reader := site.reader()
	reader.Full = true
	for n, d := range articles {
		name := fmt.Sprintf("%d %s", n, systems[n%len(systems)])
		got, err := reader.Read(t.Context(), d.URL)
		require.NoError(t, err)
		authors := d.Authors
		switch systems[n%len(systems)] {
		case "liferay":
			authors = authors[:1] // the page names no more
		case "ghost":
			authors = authors[:1] // the others are contributors
		}
		if got.Title == d.Title && slices.Equal(got.Authors, authors) && got.Image.URL == d.ImageURL {
			right++
		} else {
			t.Logf("%s: %q %q %v", name, got.Title, got.Authors, got.Image)
		}
		score := f1(htmltext.Text(string(d.Body)), htmltext.Text(got.Content))
		sum += score
		assert.Greater(t, score, 0.7, name)
		assert.NotContains(t, got.Content, `href="/`, name)
	}
	t.Logf("%d of %d right; mean F1 of the text %.3f", right, len(articles), sum/float64(len(articles)))
	assert.GreaterOrEqual(t, right, 28)
	assert.GreaterOrEqual(t, sum/float64(len(articles)), 0.9)
}

// f1 compares two texts by their words, each as often as it is there.
func f1(want, got string) float64 {
	counts := make(map[string]int)
	wanted, found := strings.Fields(strings.ToLower(want)), strings.Fields(strings.ToLower(got))
	for _, w := range wanted {
		counts[w]++
	}
	both := 0
	for _, w := range found {
		if counts[w] > 0 {
			counts[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(wanted)+len(found))
}
