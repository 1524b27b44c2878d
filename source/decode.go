package source

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The functions below convert to UTF-8. In place of what cannot be decoded they
// put notUTF8, so that whoever reads the text can report the position.

// notUTF8 is a byte that never occurs in UTF-8.
const notUTF8 = 0xff

// decodeText decodes a text by its byte order mark, else by the charset of its
// Content-Type, else line by line; see lineDecoder.
func decodeText(body []byte, contentType string) io.Reader {
	if e := declared(body, contentType); e != nil {
		return decoded(body, e)
	}
	return newLineDecoder(bytes.NewReader(body))
}

// decodePage is decodeText for an HTML page, which may also declare its charset
// itself.
func decodePage(body []byte, contentType string) io.Reader {
	if e := declared(body, contentType); e != nil {
		return decoded(body, e)
	}
	e, name, certain := charset.DetermineEncoding(body[:min(len(body), 1024)], "text/html")
	switch {
	case name == "utf-8" && certain:
		return bytes.NewReader(body)
	case certain || name != "windows-1252" && name != "utf-8":
		return decoded(body, e)
	}
	return newLineDecoder(bytes.NewReader(body))
}

// declared returns the encoding that a byte order mark or the Content-Type
// names, or nil.
func declared(body []byte, contentType string) encoding.Encoding {
	switch {
	case hasUTF8Mark(body):
		return encoding.Nop
	case hasUTF16Mark(body):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil || params["charset"] == "" {
		return nil
	}
	e, name := charset.Lookup(params["charset"])
	if name == "utf-8" {
		return encoding.Nop
	}
	return e
}

func decoded(body []byte, e encoding.Encoding) io.Reader {
	if e == encoding.Nop { // UTF-8
		return bytes.NewReader(body)
	}
	utf8, err := e.NewDecoder().Bytes(body)
	if err != nil {
		utf8 = append(utf8, notUTF8) // the input ends within a character
	}
	return bytes.NewReader(bytes.ReplaceAll(utf8, []byte("\uFFFD"), []byte{notUTF8}))
}

func hasUTF8Mark(b []byte) bool { return bytes.HasPrefix(b, []byte("\uFEFF")) }

func hasUTF16Mark(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0xfe, 0xff}) || bytes.HasPrefix(b, []byte{0xff, 0xfe})
}

// fromUTF16 returns the start of a text in UTF-16 as UTF-8.
func fromUTF16(b []byte) []byte {
	b = b[:len(b)&^1]
	utf8, _, _ := transform.Bytes(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder(), b)
	return utf8
}

// A lineDecoder decodes text that does not declare its charset, line by line,
// since a text that was assembled from several may have several charsets:
//
//   - a line of valid UTF-8 is left as it is;
//   - an invalid one without any valid multibyte character is Windows-1252, the
//     charset of old Finnish texts;
//   - any other line is UTF-8 with errors in it, and is left as it is too.
type lineDecoder struct {
	in   *bufio.Reader
	line []byte // the unread part of the current line
	rest []byte // the start of a character that ends in the next part
	buf  []byte
	err  error
}

func newLineDecoder(r io.Reader) io.Reader {
	return &lineDecoder{in: bufio.NewReaderSize(r, 64<<10)}
}

func (d *lineDecoder) Read(b []byte) (int, error) {
	for len(d.line) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.next()
	}
	n := copy(b, d.line)
	d.line = d.line[n:]
	return n, nil
}

// next reads the next line. If it is longer than the buffer, its parts are decoded
// separately. They are cut between characters.
func (d *lineDecoder) next() {
	line, err := d.in.ReadSlice('\n')
	d.line, d.err = line, err
	if len(d.rest) > 0 {
		d.line = append(d.rest, line...)
		d.rest = nil
	}
	if err == bufio.ErrBufferFull {
		d.err = nil
		cut := lastRune(d.line)
		d.rest = append(d.rest, d.line[cut:]...)
		d.line = d.line[:cut]
	}
	if utf8.Valid(d.line) || hasMultibyte(d.line) {
		return
	}
	d.buf = d.buf[:0]
	for _, c := range d.line {
		if r := charmap.Windows1252.DecodeByte(c); r != utf8.RuneError {
			d.buf = utf8.AppendRune(d.buf, r)
		} else {
			d.buf = append(d.buf, notUTF8)
		}
	}
	d.line = d.buf
}

// lastRune returns the start of the incomplete character at the end of b, or
// len(b) if there is none.
func lastRune(b []byte) int {
	for i := len(b) - 1; i >= 0 && i >= len(b)-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return i
			}
			break
		}
	}
	return len(b)
}

// hasMultibyte reports whether b has a whole character of several bytes.
func hasMultibyte(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if n > 1 && r != utf8.RuneError {
			return true
		}
		b = b[n:]
	}
	return false
}

// cleanLines returns a text with U+FFFD in place of what is not text, and a
// problem for each line in which it replaced something.
func cleanLines(name string, b []byte) ([]byte, []*vatesfeed.ParseError) {
	var problems []*vatesfeed.ParseError
	clean := make([]byte, 0, len(b))
	number := 0
	for line := range bytes.Lines(b) {
		number++
		if text.IsPlain(bytes.TrimSuffix(line, []byte("\n"))) {
			clean = append(clean, line...)
			continue
		}
		s, bad := text.Clean(string(line))
		clean = append(clean, s...)
		if bad > 0 {
			problems = append(problems, &vatesfeed.ParseError{
				Name: name,
				Line: number,
				Err:  fmt.Errorf("something here is %w, and replaced by U+FFFD", vatesfeed.ErrEncoding),
			})
		}
	}
	return clean, problems
}

var encodingDeclaration = regexp.MustCompile(`^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']`)

// badReference matches a reference to a character that XML cannot hold (XML 1.0,
// section 2.2). The XML parser would stop there.
var badReference = regexp.MustCompile(`&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|[xX]0*(?:[0-8bBcCeEfF]|1[[:xdigit:]]|[fF]{3}[eEfF]));`)

// decodeFeed returns a feed as text in UTF-8, with a problem for each line that
// was not text: by its byte order mark, else by its XML declaration, else as
// decodeText does.
func decodeFeed(name string, body []byte, contentType string) ([]byte, []*vatesfeed.ParseError, error) {
	r := decodeText(body, contentType)
	if declaration := encodingDeclaration.FindSubmatch(trimStart(body)); declaration != nil && !hasUTF8Mark(body) {
		// A declaration that could be read as ASCII is not in UTF-16.
		if e, charset := charset.Lookup(string(declaration[1])); charset == "utf-8" {
			r = bytes.NewReader(body)
		} else if e != nil && !strings.HasPrefix(charset, "utf-16") {
			r = decoded(body, e)
		}
	} else if utf8.Valid(body) {
		r = bytes.NewReader(body)
	}
	decoded, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, err
	}
	decoded = bytes.TrimPrefix(decoded, []byte("\uFEFF"))
	decoded, problems := cleanLines(name, badReference.ReplaceAllLiteral(decoded, []byte{notUTF8}))
	return decoded, problems, nil
}
