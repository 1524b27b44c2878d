package source

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
	"unicode"

	"github.com/vatesfeed/vatesfeed/internal/text"
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

// sniff tells what a source is from its first bytes and its Content-Type. What
// begins with markup or a JSON object may need more than these; see
// needsWhole.
func sniff(first []byte, contentType string) kind {
	mediaType, _, _ := mime.ParseMediaType(contentType)
	if hasUTF16Mark(first) {
		first = fromUTF16(first)
	} else if bytes.IndexByte(first, 0) >= 0 {
		return kindOther
	}
	start := trimStart(first)
	switch {
	case bytes.HasPrefix(start, []byte("{")):
		return kindFeed
	case bytes.HasPrefix(start, []byte("<")):
		if name, ok := rootElement(start); ok {
			switch strings.ToLower(name) {
			case "rss", "rdf", "channel", "feed", "entry":
				return kindFeed
			}
			return kindPage
		}
		if bytes.HasPrefix(start, []byte("<!")) {
			return kindPage
		}
	}
	switch {
	case mediaType == "text/html" || mediaType == "application/xhtml+xml":
		return kindPage
	case bytes.HasPrefix(start, []byte("%PDF-")), bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\x1f\x8b")):
		return kindOther
	case declared(first, contentType) == nil && isBinary(first):
		return kindOther
	}
	return kindText
}

// isBinary reports whether b is mostly not text: whether more than a third of
// its bytes are control characters or not UTF-8. In Windows-1252 a tenth of a
// Finnish text is not UTF-8; in random bytes more than a half is neither.
func isBinary(b []byte) bool {
	_, bad := text.Clean(string(b))
	return bad > len(b)/3
}

// needsWhole reports whether a source has to be read whole to tell what it is.
func needsWhole(first []byte) bool {
	if hasUTF16Mark(first) {
		return true
	}
	start := trimStart(first)
	return len(start) > 0 && (start[0] == '<' || start[0] == '{')
}

func trimStart(b []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\uFEFF")), " \t\r\n\f")
}

// rootElement returns the name, without its prefix, of the first element of a
// document in XML or HTML. Nothing that stands within the document can take
// its place: an article may well quote some HTML.
func rootElement(b []byte) (name string, ok bool) {
	for {
		b = trimStart(b)
		var end string
		switch {
		case bytes.HasPrefix(b, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(b, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(b, []byte("<!")):
			end = ">"
			if i := bytes.IndexAny(b, "[>"); i >= 0 && b[i] == '[' {
				end = "]>"
			}
		case bytes.HasPrefix(b, []byte("<")):
			name := b[1:]
			n := bytes.IndexFunc(name, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(":_-.", r)
			})
			if n < 0 {
				n = len(name)
			}
			if n == 0 || !unicode.IsLetter(rune(name[0])) {
				return "", false
			}
			_, local, found := bytes.Cut(name[:n], []byte(":"))
			if !found {
				local = name[:n]
			}
			return string(local), true
		default:
			return "", false
		}
		i := bytes.Index(b, []byte(end))
		if i < 0 {
			return "", false
		}
		b = b[i+len(end):]
	}
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
