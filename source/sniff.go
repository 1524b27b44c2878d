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

// sniffLen is how many bytes of a source sniff usually gets.
const sniffLen = 4096

// sniff determines the kind of a source from its first bytes and its Content-Type.
// If it begins with markup or a JSON object, sniff may need more bytes; see
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

// isBinary reports whether more than a third of b is control characters or bytes
// that are not UTF-8. In Finnish text in Windows-1252, that is about a tenth; in
// random bytes, more than half.
func isBinary(b []byte) bool {
	_, bad := text.Clean(string(b))
	return bad > len(b)/3
}

// needsWhole reports whether sniff needs the whole source.
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
// document in XML or HTML. It looks at no other element: an article may quote
// HTML.
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

// describe returns a description of a source that is not text, for an error.
func describe(body []byte) string {
	switch t := http.DetectContentType(body); {
	case t == "application/octet-stream" || strings.HasPrefix(t, "text/"):
		return "binary data"
	default:
		return t
	}
}
