package source

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"

	"github.com/vatesfeed/vatesfeed/internal/page"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// Explain writes to w how the client reads a file or a URL, for bug reports. For
// an HTML page it lists each text that looks like a date, and each neighbour of an
// entry, with the article that it belongs to, or the reason why it was left out,
// and its place in the markup. For other sources it lists articles and problems.
// Explain requests a URL once, without retries.
func (c *Client) Explain(ctx context.Context, w io.Writer, name string) error {
	shown := weburl.Redact(name)
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(c.Timeout, DefaultTimeout))
	defer cancel()
	body, contentType, pageURL, err := c.raw(ctx, name)
	if err != nil {
		return fmt.Errorf("%s: %w", shown, err)
	}
	if sniff(body, contentType) == kindPage {
		text, _, err := pageText(shown, body, contentType)
		if err != nil {
			return fmt.Errorf("%s: %w", shown, err)
		}
		return page.Explain(w, shown, text, pageURL)
	}
	listings, err := readBody(shown, body, contentType, pageURL)
	for _, l := range listings {
		fmt.Fprintf(w, "section %q\n", l.Section)
		for _, a := range l.Articles {
			fmt.Fprintf(w, "article %v %q %s\n", a.Date, a.Headline(), a.Link)
		}
		for _, p := range l.Problems {
			fmt.Fprintf(w, "problem %v\n", p)
		}
	}
	return err
}

// raw returns the content of a file or a URL, its Content-Type, and the URL of the
// page, which is nil if it is not known.
func (c *Client) raw(ctx context.Context, name string) (body []byte, contentType string, pageURL *url.URL, err error) {
	if !IsURL(name) {
		f, err := os.Open(name)
		if err != nil {
			return nil, "", nil, err
		}
		defer f.Close()
		if pageURL, err = c.pageURL(); err != nil {
			return nil, "", nil, err
		}
		body, err = readAll(f, MaxFile)
		return body, "", pageURL, err
	}
	u, err := weburl.Parse(name)
	if err != nil {
		return nil, "", nil, err
	}
	resp, body, err := c.request(ctx, Source{}, u, MaxBody)
	if err != nil {
		return nil, "", nil, err
	}
	return body, resp.Header.Get("Content-Type"), resp.Request.URL, nil
}
