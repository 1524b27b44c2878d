package site

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

//go:embed web
var web embed.FS

// templates is parsed on first use, since most runs of the command make no page.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"day": func(d vatesfeed.Date) string { return d.Time().Format("2.1.2006") },
	}).ParseFS(web, "web/*.html"))
})

// shown is how many articles a page shows. The feeds have all.
const shown = 50

// A view is the data for a page's template.
type view struct {
	Title    string
	SiteName string // empty for Vates
	Channels []channelView
	This     *channelView // whose articles it shows; nil on other pages
	Articles []articleView
	Years    []int  // that have pages of their own, newest first
	Year     int    // of such a page
	Root     string // relative path to the tree's folder, such as "../", or empty
	OPML     bool
	PageURL  string
	Policy   string // the Content-Security-Policy
}

type channelView struct {
	Name, Slug string
	Count      int
	Newest     vatesfeed.Date
	Base       string // the public URL of the folder, or empty
	All        bool
}

type articleView struct {
	Date              vatesfeed.Date
	Headline, Summary string
	Link              string
	Authors, Sections []string
	Image             vatesfeed.Image // none if the policy does not allow it
}

// addPages adds the pages and the files that they need. There is a page for each
// channel; that of all articles is also the front page. If the front page does not
// show all articles, there is a page for each year too. The last page is that for
// HTTP status 404.
func (t *Tree) addPages() {
	everything := t.channels[0]
	base := view{SiteName: t.options.SiteName, OPML: t.options.BaseURL != "" || t.options.Serve, PageURL: t.pageURL(), Policy: securityPolicy(t.pictureHosts)}
	for _, c := range t.channels {
		v := channelView{Name: c.name(), Slug: c.Slug, Count: len(c.Articles), Newest: c.Newest, All: c.Slug == all}
		if t.options.BaseURL != "" {
			v.Base = join(t.options.BaseURL, "/")
		}
		base.Channels = append(base.Channels, v)
	}
	years := make(map[int][]vatesfeed.Article)
	if len(everything.Articles) > t.shown(everything) {
		for _, a := range everything.Articles {
			years[a.Date.Year] = append(years[a.Date.Year], a)
		}
		base.Years = slices.Sorted(maps.Keys(years))
		slices.Reverse(base.Years)
		t.YearsLeftOut = max(0, len(years)-maxYears)
		base.Years = base.Years[:len(years)-t.YearsLeftOut]
	}
	for i, c := range t.channels {
		v := base
		v.Title, v.This = t.title(c), &base.Channels[i]
		if i == 0 {
			v.Title = t.siteTitle()
			t.addPage("index.html", "page.html", v, c.Articles[:t.shown(c)], c.Newest)
		}
		t.addPage(c.Slug+".html", "page.html", v, c.Articles[:t.shown(c)], c.Newest)
	}
	for _, year := range base.Years {
		v := base
		v.Title, v.Year = fmt.Sprintf("Artikkelit vuodelta %d", year), year
		t.addPage(fmt.Sprintf("%s%d.html", yearSlug, year), "year.html", v, years[year], years[year][0].Date)
	}
	t.notFound = base
	t.notFound.Title = "Sivua ei ole"
	t.addPage("404.html", "404.html", t.notFound, nil, everything.Newest)
	for name, mediaType := range map[string]string{
		"style.css": "text/css; charset=utf-8",
		feedCSS:     "text/css; charset=utf-8",
		"script.js": "text/javascript; charset=utf-8",
		"icon.svg":  "image/svg+xml; charset=utf-8",
	} {
		t.add(&File{Name: name, Type: mediaType, Newest: everything.Newest, write: func(w io.Writer) error {
			body, err := web.ReadFile("web/" + name)
			if err != nil {
				return err
			}
			_, err = w.Write(body)
			return err
		}})
	}
}

const (
	feedCSS  = "feed.css"
	yearSlug = "vuosi-"
)

func (t *Tree) addPage(name, tmpl string, v view, articles []vatesfeed.Article, newest vatesfeed.Date) {
	t.add(&File{Name: name, Type: "text/html; charset=utf-8", Newest: newest, write: func(w io.Writer) error {
		v := v
		for _, a := range articles {
			v.Articles = append(v.Articles, t.articleView(a))
		}
		return templates().ExecuteTemplate(w, tmpl, v)
	}})
}

// notFoundPage returns the page for HTTP status 404, for a path that is depth
// folders below the tree.
func (t *Tree) notFoundPage(depth int) ([]byte, error) {
	v := t.notFound
	v.Root = strings.Repeat("../", depth)
	var b bytes.Buffer
	err := templates().ExecuteTemplate(&b, "404.html", v)
	return b.Bytes(), err
}

// siteTitle returns the title of the front page.
func (t *Tree) siteTitle() string {
	if name := t.options.SiteName; name != "" {
		return name + ": syötteet"
	}
	return "Vates-säätiön artikkelien syötteet"
}

func (t *Tree) pageURL() string { return cmp.Or(t.options.PageURL, vatesfeed.DefaultPageURL) }

// shown returns how many articles the page of a channel has.
func (t *Tree) shown(c channel) int {
	n := min(shown, len(c.Articles))
	if t.options.Limit > 0 {
		n = min(n, t.options.Limit)
	}
	return n
}

func (t *Tree) articleView(a vatesfeed.Article) articleView {
	link := a.Link
	if link == "" {
		link = vatesfeed.ItemURL(t.pageURL(), a)
	}
	v := articleView{Date: a.Date, Headline: a.Headline(), Summary: a.Summary, Link: link}
	for _, s := range a.Authors {
		v.Authors = append(v.Authors, text.Undirected(s))
	}
	for _, s := range a.Sections {
		v.Sections = append(v.Sections, text.Undirected(s))
	}
	if slices.Contains(t.pictureHosts, pictureHost(a)) {
		v.Image = a.Image
	}
	return v
}
