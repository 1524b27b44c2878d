package source

import (
	"bytes"
	"mime"
	"net/http"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"
)

// A kind is what a source is.
type kind int

const (
	kindText kind = iota
	kindPage
	kindFeed
	kindOther
)

// sniffLen is how much of a source is looked at to tell what it is.
const sniffLen = 4096

var (
	pageTag = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body)[\s>]`)
	anyTag  = regexp.MustCompile(`(?i)^<(?:!--|!doctype|\?xml|[a-z][a-z0-9]*[\s/>])`)
)

// sniff tells what a source is from its first bytes and its Content-Type.
func sniff(first []byte, contentType string) kind {
	mediaType, _, _ := mime.ParseMediaType(contentType)
	if hasUTF16Mark(first) {
		first = fromUTF16(first)
	} else if bytes.IndexByte(first, 0) >= 0 {
		return kindOther
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(first, []byte("\uFEFF")), " \t\r\n\f")
	switch {
	case len(text) == 0:
		return kindText
	case text[0] == '{' || text[0] == '<':
		// The root of a feed, or a JSON object, which no listing begins with.
		if gofeed.DetectFeedType(bytes.NewReader(text)) != gofeed.FeedTypeUnknown && !pageTag.Match(text) {
			return kindFeed
		}
	}
	isText := strings.HasPrefix(http.DetectContentType(first), "text/")
	switch {
	case pageTag.Match(text) || anyTag.Match(text):
		return kindPage
	case mediaType == "text/html" || mediaType == "application/xhtml+xml":
		return kindPage
	case !isText && bytes.ContainsAny(first, "\x00\x01\x02\x03\x04\x05\x06"):
		return kindOther
	case bytes.HasPrefix(text, []byte("%PDF-")) || bytes.HasPrefix(text, []byte("PK\x03\x04")) || bytes.HasPrefix(text, []byte("\x1f\x8b")):
		return kindOther
	}
	return kindText
}

// describe returns what a source seems to be that is not text.
func describe(body []byte) string {
	switch t := http.DetectContentType(body); {
	case t == "application/octet-stream" || strings.HasPrefix(t, "text/"):
		return "binary data"
	default:
		return t
	}
}
