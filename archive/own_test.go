package archive

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/source"
)

var ownPage = source.ArticlePage{
	Title:   "Järjestöjen on tartuttava toimeen",
	Authors: []string{"Jaana Pakarinen"},
	Image:   vatesfeed.Image{URL: "https://www.vates.fi/k.jpg", Alt: "Kuva", Width: 3, Height: 2},
	Content: "<p>Teksti.</p>",
}

// TestOwnPages completes articles, over several runs.
func TestOwnPages(t *testing.T) {
	const link, titled = "https://www.vates.fi/blogi/a", "https://www.vates.fi/blogi/b"
	listing := func() []source.Result {
		return []source.Result{{Source: source.Source{Name: "blogi"}, Listings: []vatesfeed.Listing{{Articles: []vatesfeed.Article{
			{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, Summary: "Yksi.", Link: link},
			{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 28}, Summary: "Kaksi.", Title: "Oma", Authors: []string{"Maija"}, Link: titled},
			{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 27}, Summary: "Kolme."},
		}}}}}
	}
	pending := func(a *Archive, now time.Time, full bool) (links []string) {
		for _, p := range a.Pending(now, full) {
			links = append(links, p.Link)
		}
		return links
	}
	now := time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)
	a := new(Archive)
	a.Update(now, listing())
	assert.Equal(t, []string{link, titled}, pending(a, now, false), "the third has no page")
	titles := ownPage
	titles.Content = ""
	a.Complete(now, link, titles, false, nil)
	titles.Title, titles.Image.URL = "Toinen", "https://www.vates.fi/k2.jpg"
	a.Complete(now, titled, titles, false, nil)

	want := a.Articles()
	assert.Equal(t, ownPage.Title, want[0].Title)
	assert.Equal(t, "Oma", want[1].Title, "a title of the listing stays")
	assert.Equal(t, []string{"Maija"}, want[1].Authors)
	assert.Equal(t, titles.Image, want[1].Image)
	for range 3 {
		a = reread(t, a)
		a.Update(now, listing())
		assert.Empty(t, cmp.Diff(want, a.Articles()))
		assert.Empty(t, pending(a, now, false), "each page is read once")
	}
	assert.Equal(t, []string{link, titled}, pending(a, now, true), "for the text")
	a.Complete(now, link, ownPage, true, nil)
	a.Complete(now, titled, source.ArticlePage{}, true, nil)
	a = reread(t, a)
	assert.Empty(t, pending(a, now, true))
	assert.Empty(t, a.Articles()[0].Content, "only who asks for it gets the text")
	a.Texts = true
	assert.Equal(t, ownPage.Content, a.Articles()[0].Content)
	assert.Equal(t, titles.Image, a.Articles()[1].Image, "what was taken stays")

	// What the listing says later goes first.
	again := listing()
	again[0].Listings[0].Articles[0].Title = "Uusi"
	a.Update(now, again)
	assert.Equal(t, "Uusi", a.Articles()[0].Title)
}

// TestOwnPageFails has a page that cannot be read.
func TestOwnPageFails(t *testing.T) {
	const link = "https://www.vates.fi/blogi/a"
	article := vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, Summary: "Yksi.", Link: link}
	update := func(a *Archive, e vatesfeed.Article) {
		a.Update(time.Time{}, []source.Result{{Source: source.Source{Name: "blogi"}, Listings: []vatesfeed.Listing{{Articles: []vatesfeed.Article{e}}}}})
	}
	a := new(Archive)
	update(a, article)
	now := time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)
	var tries []time.Duration
	for d := time.Duration(0); d < 365*24*time.Hour; d += 30 * time.Minute {
		if len(a.Pending(now.Add(d), false)) > 0 {
			tries = append(tries, d)
			a.Complete(now.Add(d), link, source.ArticlePage{}, false, errors.New("gone"))
			a = reread(t, a)
		}
	}
	assert.Equal(t, []time.Duration{0, time.Hour, 7 * time.Hour, 31 * time.Hour, 127 * time.Hour}, tries)

	// At another address it may be there.
	article.Link += "-uusi"
	update(a, article)
	assert.Len(t, a.Pending(now, false), 1)

	// A host that asks to wait is not asked for other pages either.
	other := article
	other.Link, other.Summary, other.Date.Day = "https://www.vates.fi/blogi/b", "Kaksi.", 28
	update(a, other)
	a.Complete(now, link, source.ArticlePage{}, false, source.ErrWait)
	assert.Len(t, a.Pending(now, false), 2)
	a.Complete(now, other.Link, source.ArticlePage{}, false, &source.StatusError{Code: 429, RetryAfter: time.Minute})
	a = reread(t, a)
	assert.Empty(t, a.Pending(now.Add(time.Minute-time.Second), false))
	assert.Len(t, a.Pending(now.Add(time.Minute), false), 1)

	// Another host does not wait.
	other.Link, other.Summary, other.Date.Day = "https://blogi.vates.fi/c", "Kolme.", 27
	update(a, other)
	assert.Len(t, a.Pending(now, false), 1)

	// A page that is not on a site of the sources is not tried.
	for range 2 * maxTries {
		a.Complete(now, other.Link, source.ArticlePage{}, false, source.ErrOtherSite)
	}
	assert.Len(t, a.Pending(now, false), 1)

	// A reason has no password.
	a.Complete(now, other.Link, source.ArticlePage{}, false, errors.New("https://a:secret@b/ failed"))
	var b strings.Builder
	_, err := a.WriteTo(&b)
	require.NoError(t, err)
	assert.NotContains(t, b.String(), "secret")

	// A wrong clock keeps no page from being read for long.
	a.Complete(now.AddDate(10, 0, 0), other.Link, source.ArticlePage{}, false, &source.StatusError{Code: 429, RetryAfter: 365 * 24 * time.Hour})
	assert.Len(t, a.Pending(now, false), 1)
	assert.NotEmpty(t, a.Pending(now.AddDate(10, 0, 8), false), "nobody waits for a year")
}

// TestTwoLinks has an article to which two sources lead by different links. Its page
// is not tried more often for that.
func TestTwoLinks(t *testing.T) {
	now := time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)
	a := new(Archive)
	tries := 0
	for n := range 20 {
		for _, link := range []string{"https://www.vates.fi/blogi/a", "https://www.vates.fi/uutiset/a"} {
			article := vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, Title: "Sama otsikko", Summary: "Sama teksti molemmissa.", Link: link}
			a.Update(now, []source.Result{{Source: source.Source{Name: link}, Listings: []vatesfeed.Listing{{Articles: []vatesfeed.Article{article}}}}})
		}
		for _, p := range a.Pending(now.AddDate(0, 0, n), false) {
			tries++
			a.Complete(now.AddDate(0, 0, n), p.GUID, source.ArticlePage{}, false, errors.New("gone"))
		}
		a = reread(t, a)
	}
	assert.Len(t, a.Articles(), 1)
	assert.LessOrEqual(t, tries, 2*maxTries, "each link")
}

// TestNoText keeps what a page said if only its text was not found.
func TestNoText(t *testing.T) {
	now := time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)
	a := new(Archive)
	article := vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, Summary: "S.", Link: "https://www.vates.fi/a"}
	a.Update(now, []source.Result{{Source: source.Source{Name: "b"}, Listings: []vatesfeed.Listing{{Articles: []vatesfeed.Article{article}}}}})
	page := ownPage
	page.Content = ""
	a.Complete(now, article.Link, page, true, source.ErrNoText)
	a = reread(t, a)
	assert.Equal(t, ownPage.Title, a.Articles()[0].Title)
	assert.Empty(t, a.Pending(now, true))
}

// reread writes an archive and reads it again.
func reread(t *testing.T, a *Archive) *Archive {
	t.Helper()
	var b, again strings.Builder
	_, err := a.WriteTo(&b)
	require.NoError(t, err)
	a, err = Read(strings.NewReader(b.String()))
	require.NoError(t, err)
	_, err = a.WriteTo(&again)
	require.NoError(t, err)
	require.Equal(t, b.String(), again.String())
	return a
}

// TestShared has a site that gives all its pages the same title and picture.
func TestShared(t *testing.T) {
	now := time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)
	a := new(Archive)
	var listing vatesfeed.Listing
	for n := range 3 {
		listing.Articles = append(listing.Articles, vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 9 - n}, Summary: strings.Repeat("S", n+1), Link: "https://www.vates.fi/" + strings.Repeat("a", n+1)})
	}
	a.Update(now, []source.Result{{Source: source.Source{Name: "b"}, Listings: []vatesfeed.Listing{listing}}})
	for n, e := range listing.Articles {
		page := ownPage
		if n == 2 {
			page.Title = "Oma otsikko"
		}
		a.Complete(now, e.Link, page, false, nil)
	}
	a = reread(t, a)
	for n, title := range []string{"", "", "Oma otsikko"} {
		assert.Equal(t, title, a.Articles()[n].Title)
		assert.Empty(t, a.Articles()[n].Image)
		assert.Equal(t, ownPage.Authors, a.Articles()[n].Authors)
	}
	assert.Empty(t, a.Pending(now, false), "they are not read again")
}

// TestFeedText has a feed whose item gets another text and picture.
func TestFeedText(t *testing.T) {
	article := vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 29}, Summary: "S.", Link: "https://www.vates.fi/a", Content: "<p>A</p>", Image: ownPage.Image}
	a := new(Archive)
	update := func() vatesfeed.Article {
		a.Update(time.Time{}, []source.Result{{Source: source.Source{Name: "b"}, Listings: []vatesfeed.Listing{{Articles: []vatesfeed.Article{article}}}}})
		a = reread(t, a)
		return a.Articles()[0]
	}
	got := update()
	assert.Equal(t, article.Content, got.Content)
	assert.Equal(t, article.Image, got.Image)
	article.Content, article.Image.URL = "<p>B</p>", "https://www.vates.fi/b.jpg"
	got = update()
	assert.Equal(t, article.Content, got.Content)
	assert.Equal(t, article.Image, got.Image)
}
