package source

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
	"unicode"
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
	text := trimStart(first)
	switch {
	case bytes.HasPrefix(text, []byte("{")):
		return kindFeed
	case bytes.HasPrefix(text, []byte("<")):
		if name, ok := rootElement(text); ok {
			switch strings.ToLower(name) {
			case "rss", "feed", "rdf":
				return kindFeed
			}
			return kindPage
		}
		if bytes.HasPrefix(text, []byte("<!")) {
			return kindPage
		}
	}
	switch {
	case mediaType == "text/html" || mediaType == "application/xhtml+xml":
		return kindPage
	case bytes.HasPrefix(text, []byte("%PDF-")), bytes.HasPrefix(text, []byte("PK\x03\x04")), bytes.HasPrefix(text, []byte("\x1f\x8b")):
		return kindOther
	case bytes.ContainsAny(first, "\x01\x02\x03\x04\x05\x06") && !strings.HasPrefix(http.DetectContentType(first), "text/"):
		return kindOther
	}
	return kindText
}

// needsWhole reports whether a source has to be read whole to tell what it is.
func needsWhole(first []byte) bool {
	if hasUTF16Mark(first) {
		return true
	}
	text := trimStart(first)
	return len(text) > 0 && (text[0] == '<' || text[0] == '{')
}

func trimStart(b []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\uFEFF")), " \t\r\n\f")
}

// rootElement returns the name, without its prefix, of the first element of a
// document in XML or HTML. Nothing that stands within the document can take
// its place: an article may well quote some HTML.
func rootElement(text []byte) (name string, ok bool) {
	for {
		text = trimStart(text)
		var end string
		switch {
		case bytes.HasPrefix(text, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(text, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(text, []byte("<!")):
			end = ">"
			if i := bytes.IndexAny(text, "[>"); i >= 0 && text[i] == '[' {
				end = "]>"
			}
		case bytes.HasPrefix(text, []byte("<")):
			name := text[1:]
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
		i := bytes.Index(text, []byte(end))
		if i < 0 {
			return "", false
		}
		text = text[i+len(end):]
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
