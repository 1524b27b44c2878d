package vatesfeed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// A Listing is one page: what stands above its entries, and its entries.
type Listing struct {
	Heading  string
	Section  string // the heading, on a page that names no section
	Intro    string // paragraphs separated by a blank line
	Articles []Article

	// Problems says, in the order of the lines, what could not be read.
	Problems []*Problem
}

// A Problem is one thing in an input that could not be read as it stands. The
// articles around it are not affected.
type Problem struct {
	Name string // of the input
	Line int    // from 1; 0 where a problem is in no line
	Err  error  // wraps ErrDate, ErrNoText or ErrEncoding

	// Text is what no article holds because of the problem: the entry's date
	// as printed and the text under it. It is empty for an ErrEncoding, which
	// leaves the rest of its line where it belongs.
	Text string
}

func (p *Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %v", p.Name, p.Err)
	}
	return fmt.Sprintf("%s:%d: %v", p.Name, p.Line, p.Err)
}

func (p *Problem) Unwrap() error { return p.Err }

var (
	// ErrNoText is what is wrong with a date that has nothing under it.
	ErrNoText = errors.New("has no text under it")

	// ErrEncoding is what is wrong with bytes that are not UTF-8 and with
	// control characters.
	ErrEncoding = errors.New("not text")

	// ErrNoArticles is what is wrong with an input, or a choice of articles,
	// that would make an empty feed.
	ErrNoArticles = errors.New("no articles")

	// ErrTooLong is what is wrong with an input whose lines or entries are
	// longer than those of any listing.
	ErrTooLong = errors.New("too long")
)

const (
	// skipLink is the first line of a page.
	skipLink = "Siirry pääsisältöön"

	maxLine  = 1 << 20  // bytes in a line
	maxEntry = 16 << 20 // bytes between two dates
)

// Parse reads the listings in a text: a page, or several, each beginning with
// its skip link. The name is for the positions in errors and problems. Text
// that is hard-wrapped, has CRLF or CR line ends, byte order marks, odd white
// space or decomposed Unicode gives the same articles as text that has not.
//
// Of the paragraphs above a page's first date, the first is the heading. A
// second one that reads as a name is the section, and all others are the
// introduction; without such a name the heading is the section. A first
// paragraph that reads as prose belongs to the introduction as well.
//
// Each article has its listing's section. What can't be read is in the
// listings' Problems: a date on no calendar, with the entry under it (wrapping
// [ErrDate]), a date with nothing under it ([ErrNoText]), and bytes that are
// not text, which U+FFFD stands for in the article ([ErrEncoding]).
//
// The error is that of r or wraps [ErrNoArticles] or, for a line of over 1 MiB
// or an entry of over 16 MiB, [ErrTooLong]. The listings are what was read up
// to there.
func Parse(name string, r io.Reader) ([]Listing, error) {
	var listings []Listing
	p := parser{name: name}
	p.page = func(l Listing) bool {
		listings = append(listings, l)
		return true
	}
	p.article = func(a Article) bool {
		l := &listings[len(listings)-1]
		l.Articles = append(l.Articles, a)
		return true
	}
	p.problem = func(pr *Problem) bool {
		l := &listings[len(listings)-1]
		l.Problems = append(l.Problems, pr)
		return true
	}
	err := p.parse(r)
	return listings, err
}

// Articles reads the same as [Parse] does, an entry at a time, so that the
// input may be larger than memory. It yields each article with a nil error,
// each problem as a *Problem with a zero Article, and last, if reading failed,
// the error that Parse would return.
func Articles(name string, r io.Reader) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		p := parser{
			name:    name,
			page:    func(Listing) bool { return true },
			article: func(a Article) bool { return yield(a, nil) },
			problem: func(pr *Problem) bool { return yield(Article{}, pr) },
		}
		if err := p.parse(r); err != nil && err != errStopped {
			yield(Article{}, err)
		}
	}
}

// errStopped ends parsing where the caller of an iterator wants no more.
var errStopped = errors.New("stopped")

// A parser reads lines and calls page for each page before its entries, and
// article and problem for each entry as soon as the next one begins. A call
// that returns false ends the reading.
type parser struct {
	name    string
	page    func(Listing) bool
	article func(Article) bool
	problem func(*Problem) bool

	line    int  // the number of the line being read
	oneLine bool // each line is a paragraph
	entries int  // dates so far
	found   int  // articles so far

	onPage    bool     // something of the page has been read
	announced bool     // page has been called for it
	sections  []string // of its articles

	// The entry being read, or what stands above the first one of its page.
	inEntry  bool
	date     time.Time
	dateErr  error
	dateText string
	dateLine int
	text     []byte     // its paragraphs, with blank lines between
	last     int        // where the last paragraph begins in text
	several  bool       // there is more than one
	blanks   int        // blank lines after it
	bad      []*Problem // what is wrong in its lines
}

func (p *parser) parse(r io.Reader) error {
	oneLine, r, err := lookAhead(r)
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	p.oneLine = oneLine
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	lines.Split(splitLine)
	for lines.Scan() {
		p.line++
		if err := p.addLine(lines.Bytes()); err != nil {
			return err
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return &Problem{Name: p.name, Line: p.line + 1, Err: fmt.Errorf("the line is %w: over %d MiB", ErrTooLong, maxLine>>20)}
	} else if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	if err := p.endPage(); err != nil {
		return err
	}
	switch {
	case p.found > 0:
		return nil
	case p.entries > 0:
		return fmt.Errorf("%s: %w: none of its dates has a readable entry", p.name, ErrNoArticles)
	}
	return fmt.Errorf("%s: %w: no line holds just a date, such as 29.01.2024; in a listing one stands above the summary and the title of each article", p.name, ErrNoArticles)
}

// splitLine is a bufio.SplitFunc for lines that end in LF, CRLF or CR. Several
// CRs before an LF, which careless conversions leave, are part of one line end.
func splitLine(data []byte, atEOF bool) (advance int, line []byte, err error) {
	n := bytes.IndexByte(data, '\n')
	head := data
	if n >= 0 {
		head = data[:n]
	}
	if cr := bytes.IndexByte(head, '\r'); cr >= 0 {
		rest := bytes.TrimLeft(head[cr:], "\r")
		switch {
		case len(rest) > 0 || n < 0 && atEOF:
			return cr + 1, head[:cr], nil
		case n >= 0:
			return n + 1, head[:cr], nil
		}
		return 0, nil, nil
	}
	switch {
	case n >= 0:
		return n + 1, head, nil
	case atEOF && len(data) > 0:
		return len(data), data, nil
	}
	return 0, nil, nil
}

// lookAhead reads from r until it knows whether r has a blank line between
// other lines, or for maxLine bytes, and returns whether it has none and a
// reader of the whole of r.
func lookAhead(r io.Reader) (oneLine bool, whole io.Reader, err error) {
	buf := make([]byte, 0, 4096)
	pos := 0
	text, blank, eof := false, false, false
	for {
		advance, line, _ := splitLine(buf[pos:], eof)
		if advance == 0 {
			if eof || len(buf) >= maxLine {
				return true, io.MultiReader(bytes.NewReader(buf), r), nil
			}
			buf = slices.Grow(buf, 4096)
			n, err := io.ReadAtLeast(r, buf[len(buf):cap(buf)], 1)
			buf = buf[:len(buf)+n]
			if err == io.EOF {
				eof = true
			} else if err != nil {
				return false, nil, err
			}
			continue
		}
		pos += advance
		switch {
		case isBlank(string(line)):
			blank = text
		case blank:
			return false, io.MultiReader(bytes.NewReader(buf), r), nil
		default:
			text = true
		}
	}
}

// addLine reads one line of the input.
func (p *parser) addLine(raw []byte) error {
	line, bad := cleanLine(raw)
	if bad > 0 {
		what := "bytes or control characters are"
		if bad == 1 {
			what = "byte or control character is"
		}
		p.bad = append(p.bad, &Problem{Name: p.name, Line: p.line, Err: fmt.Errorf("%d %s %w, and replaced by U+FFFD", bad, what, ErrEncoding)})
	}
	return p.addClean(line)
}

func (p *parser) addClean(line []byte) error {
	if len(line) == 0 {
		p.blanks++
		return nil
	}
	if before, ok := bytes.CutSuffix(line, []byte(skipLink)); ok {
		// A page that does not end in a newline leaves its last line before
		// the skip link of the next.
		before = bytes.TrimRightFunc(before, isEdge)
		if len(before) > 0 {
			if err := p.addClean(before); err != nil {
				return err
			}
		}
		if err := p.endPage(); err != nil {
			return err
		}
		p.onPage = true
		return nil
	}
	p.onPage = true
	if isDateLine(line) {
		if err := p.endEntry(); err != nil {
			return err
		}
		p.entries++
		p.inEntry = true
		p.dateText = string(line)
		p.dateLine = p.line
		p.date, p.dateErr = printedDate(p.dateText)
		return nil
	}
	return p.addText(line)
}

// isDateLine reports whether a line is nothing but a date, be it on a calendar
// or not: three numbers with dots between, the last of two digits or more.
func isDateLine(line []byte) bool {
	if line[0] < '0' || '9' < line[0] || len(line) > 40 {
		return false
	}
	dots, digits := 0, 0
	for _, c := range line {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c == '.':
			dots++
			if dots < 3 {
				digits = 0
			}
		case c != ' ':
			return false
		}
	}
	return digits >= 2 && (dots == 2 || dots == 3 && line[len(line)-1] == '.')
}

// addText adds a line of text to the entry.
func (p *parser) addText(line []byte) error {
	if len(p.text)+len(line) > maxEntry {
		first := p.dateLine
		if !p.inEntry {
			first = p.line
		}
		return &Problem{Name: p.name, Line: first, Err: fmt.Errorf("the text between two dates is %w: over %d MiB", ErrTooLong, maxEntry>>20)}
	}
	switch {
	case len(p.text) == 0:
	case p.blanks > 0 || p.oneLine:
		p.text = append(p.text, "\n\n"...)
		p.last = len(p.text)
		p.several = true
	default:
		p.text = append(p.text, ' ')
	}
	p.text = append(p.text, line...)
	p.blanks = 0
	return nil
}

// endEntry hands on the entry that was being read, or the page if what was
// being read is what stands above its first entry.
func (p *parser) endEntry() error {
	more := true
	if !p.announced && p.onPage {
		l := headings(string(p.text))
		p.announced = true
		p.sections = nil
		if l.Section != "" {
			p.sections = []string{l.Section}
		}
		more = p.page(l)
	}
	if p.inEntry {
		switch {
		case p.dateErr != nil:
			text := strings.TrimSpace(p.dateText + "\n\n" + string(p.text))
			more = more && p.problem(&Problem{Name: p.name, Line: p.dateLine, Err: p.dateErr, Text: text})
		case len(p.text) == 0:
			more = more && p.problem(&Problem{Name: p.name, Line: p.dateLine, Err: fmt.Errorf("%s %w", p.dateText, ErrNoText), Text: p.dateText})
		default:
			a := Article{Date: p.date, Sections: p.sections[:len(p.sections):len(p.sections)]}
			if p.several && p.blanks <= 1 {
				a.Summary, a.Title = string(p.text[:p.last-len("\n\n")]), string(p.text[p.last:])
			} else {
				a.Summary = string(p.text)
			}
			p.found++
			more = more && p.article(a)
		}
	}
	for _, problem := range p.bad {
		more = more && p.problem(problem)
	}
	p.inEntry, p.several = false, false
	p.text, p.last, p.blanks, p.bad = p.text[:0], 0, 0, nil
	if !more {
		return errStopped
	}
	return nil
}

// endPage hands on the last entry of a page.
func (p *parser) endPage() error {
	err := p.endEntry()
	p.onPage, p.announced = false, false
	return err
}

// headings tells apart what stands above the first entry of a page.
func headings(text string) Listing {
	var l Listing
	if text == "" {
		return l
	}
	paragraphs := strings.Split(text, "\n\n")
	if first := paragraphs[0]; isName(strings.TrimRight(first, "?!")) {
		l.Heading, l.Section = first, first
		paragraphs = paragraphs[1:]
		if len(paragraphs) > 0 && isName(paragraphs[0]) {
			l.Section = paragraphs[0]
			paragraphs = paragraphs[1:]
		}
	}
	l.Intro = strings.Join(paragraphs, "\n\n")
	return l
}

// isName reports whether s reads as the name of something and not as prose: it
// is short, and not one or more sentences.
func isName(s string) bool {
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ` )]"'”’»`))
	if utf8.RuneCountInString(s) > 80 || strings.ContainsRune(".!?…:;,", end) {
		return false
	}
	_, rest, _ := uniseg.FirstSentenceInString(s, -1)
	return rest == ""
}

// cleanLine returns a line as it stands in articles, and how much of it was
// not text. The result may be the line itself.
func cleanLine(line []byte) ([]byte, int) {
	if isClean(line) {
		return line, 0
	}
	s, bad := cleanText(string(line))
	return []byte(fold(norm.NFC.String(s))), bad
}

// isClean reports whether cleanLine need not change a line. It knows the
// characters that Finnish text is made of, and says no to all others.
func isClean(line []byte) bool {
	space := true // at the start of the line or after a space
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
			continue
		case ' ' < c && c < 0x7f:
		case c == 0xc3 && i+1 < len(line) && line[i+1]&0xc0 == 0x80: // À to ÿ
			i++
		case c == 0xe2 && i+2 < len(line) && line[i+1] == 0x80 && 0x93 <= line[i+2] && line[i+2] <= 0xa6: // dashes, quotation marks, …
			i += 2
		default:
			return false
		}
		space = false
	}
	return !space || len(line) == 0
}
