package site

import (
	"bytes"
	"cmp"
	"embed"
	"html/template"
	"sync"

	"github.com/vatesfeed/vatesfeed"
)

const siteTitle = "Vates-säätiön artikkelien syötteet"

//go:embed web
var web embed.FS

// templates is parsed when it is first used: most runs of the command make no
// page.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"day": func(d vatesfeed.Date) string { return d.Time().Format("2.1.2006") },
	}).ParseFS(web, "web/*.html"))
})

// A page shows this many articles; the feeds have all.
const shown = 50

// A view is what a page's template is given.
type view struct {
	Title    string
	Channels []channelView
	This     *channelView // whose articles it shows; nil on the page for what is not there
	Articles []articleView
	OPML     bool
	PageURL  string
}

type channelView struct {
	Name, Slug string
	Count      int
	Newest     vatesfeed.Date
	Base       string // the public address of the folder; may be empty
	All        bool
}

type articleView struct {
	Date              vatesfeed.Date
	Headline, Summary string
	Link              string
	Sections          []string
}

// addPages adds the page of each channel, of which the one with all articles
// is the front page, the page for what is not there, and what they need.
func (t *Tree) addPages() error {
	var views []channelView
	for _, c := range t.channels {
		v := channelView{Name: c.name(), Slug: c.Slug, Count: len(c.Articles), Newest: c.Newest, All: c.Slug == all}
		if t.options.BaseURL != "" {
			v.Base = join(t.options.BaseURL, "/")
		}
		views = append(views, v)
	}
	pageURL := cmp.Or(t.options.PageURL, vatesfeed.DefaultPageURL)
	render := func(name, tmpl string, v view, newest vatesfeed.Date) error {
		v.Channels, v.PageURL, v.OPML = views, pageURL, t.options.BaseURL != "" || t.options.Serve
		var b bytes.Buffer
		if err := templates().ExecuteTemplate(&b, tmpl, v); err != nil {
			return err
		}
		t.add(&File{Name: name, Type: "text/html; charset=utf-8", Body: b.Bytes(), Newest: newest})
		return nil
	}
	for i, c := range t.channels {
		v := view{Title: c.title(), This: &views[i]}
		if i == 0 {
			v.Title = siteTitle
		}
		n := min(shown, len(c.Articles))
		if t.options.Limit > 0 {
			n = min(n, t.options.Limit)
		}
		for _, a := range c.Articles[:n] {
			link := a.Link
			if link == "" {
				link = vatesfeed.ItemURL(pageURL, a)
			}
			v.Articles = append(v.Articles, articleView{Date: a.Date, Headline: a.Headline(), Summary: a.Summary, Link: link, Sections: a.Sections})
		}
		names := []string{c.Slug + ".html"}
		if i == 0 {
			names = append(names, "index.html")
		}
		for _, name := range names {
			if err := render(name, "page.html", v, c.Newest); err != nil {
				return err
			}
		}
	}
	if err := render("404.html", "404.html", view{Title: "Sivua ei ole"}, t.channels[0].Newest); err != nil {
		return err
	}
	for name, mediaType := range map[string]string{
		"style.css": "text/css; charset=utf-8",
		"script.js": "text/javascript; charset=utf-8",
		"icon.svg":  "image/svg+xml; charset=utf-8",
	} {
		body, err := web.ReadFile("web/" + name)
		if err != nil {
			return err
		}
		t.add(&File{Name: name, Type: mediaType, Body: body, Newest: t.channels[0].Newest})
	}
	return nil
}
