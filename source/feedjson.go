package source

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/item"
)

// readJSON reads a JSON Feed 1.0 or 1.1.
func readJSON(body []byte) (*feed, error) {
	var doc struct {
		Version     looseString       `json:"version"`
		Title       looseString       `json:"title"`
		HomePageURL looseString       `json:"home_page_url"`
		FeedURL     looseString       `json:"feed_url"`
		UserComment looseString       `json:"user_comment"`
		Items       []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		return nil, fmt.Errorf("the feed is broken: %w", err)
	}
	if doc.Version == "" && len(doc.Items) == 0 {
		return nil, fmt.Errorf("%w: it is JSON, and no JSON Feed", vatesfeed.ErrNoArticles)
	}
	f := &feed{
		title: markup{s: string(doc.Title)},
		home:  string(doc.HomePageURL),
		self:  string(doc.FeedURL),
		own:   strings.HasPrefix(string(doc.UserComment), "Made by vatesfeed"),
	}
	for _, raw := range doc.Items {
		f.items = append(f.items, readJSONItem(raw))
	}
	return f, nil
}

type jsonItem struct {
	ID            looseString  `json:"id"`
	URL           looseString  `json:"url"`
	Title         looseString  `json:"title"`
	Summary       looseString  `json:"summary"`
	ContentText   looseString  `json:"content_text"`
	ContentHTML   looseString  `json:"content_html"`
	DatePublished looseString  `json:"date_published"`
	DateModified  looseString  `json:"date_modified"`
	Tags          looseStrings `json:"tags"`

	// An item is worth having even if these are not as they should be.
	Image       json.RawMessage `json:"image"`
	BannerImage json.RawMessage `json:"banner_image"`
	Authors     json.RawMessage `json:"authors"`
	Author      json.RawMessage `json:"author"`     // of JSON Feed 1.0
	Extension   json.RawMessage `json:"_vatesfeed"` // of our own feeds
}

// maxExtra is how many bytes such a value may have.
const maxExtra = 64 << 10

// extra returns a value as far as it can be read, or the zero value.
func extra[T any](raw json.RawMessage) (v T) {
	if len(raw) <= maxExtra && json.Unmarshal(raw, &v) != nil {
		return *new(T)
	}
	return v
}

// jsonNames returns the names of authors: an array of objects, or one of them.
func jsonNames(v any) (names []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			names = append(names, jsonNames(e)...)
		}
	case map[string]any:
		names = jsonNames(v["name"])
	case string:
		names = []string{v}
	}
	return names
}

func readJSONItem(raw []byte) feedItem {
	var doc jsonItem
	err := json.Unmarshal(raw, &doc)
	if err != nil {
		err = fmt.Errorf("is broken: %w", err)
	}
	extension := extra[item.Extension](doc.Extension)
	it := feedItem{
		id:      string(doc.ID),
		link:    string(doc.URL),
		title:   markup{s: string(doc.Title)},
		summary: markup{s: string(doc.Summary)},
		content: markup{s: string(doc.ContentHTML), html: doc.ContentHTML != ""},
		image:   vatesfeed.Image(extension.Image),
		dates:   [dateKinds]string{datePublished: string(doc.DatePublished), dateUpdated: string(doc.DateModified)},
		err:     err,
	}
	switch {
	case extension.NoText:
	case doc.ContentText != "":
		it.summary.s = string(doc.ContentText)
	}
	it.image.URL = cmp.Or(extra[string](doc.Image), extra[string](doc.BannerImage))
	it.authors = append(jsonNames(extra[any](doc.Authors)), jsonNames(extra[any](doc.Author))...)
	for _, tag := range doc.Tags {
		it.categories = append(it.categories, string(tag))
	}
	return it
}

// A looseString is a string or a number as text. JSON Feed 1.1 requires that
// readers accept both as an ID.
type looseString string

func (l *looseString) UnmarshalJSON(b []byte) error {
	if b[0] == '-' || '0' <= b[0] && b[0] <= '9' {
		*l = looseString(b)
		return nil
	}
	return json.Unmarshal(b, (*string)(l))
}

// looseStrings is an array of strings, or a single string in place of one.
type looseStrings []looseString

func (l *looseStrings) UnmarshalJSON(b []byte) error {
	if b[0] == '[' {
		return json.Unmarshal(b, (*[]looseString)(l))
	}
	*l = make(looseStrings, 1)
	return json.Unmarshal(b, &(*l)[0])
}
