package vatesfeed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed/internal/text"
)

// A Listing is one page: what stands above its entries, and its entries.
type Listing struct {
	Heading  string
	Section  string // the heading, on a page that names no section
	Intro    string // paragraphs separated by a blank line
	Articles []Article

	// URL is the address of the page, where that is known; a text has none.
	URL string

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

func (p *Problem) Error() string { return position(p.Name, p.Line, p.Err) }

func (p *Problem) Unwrap() error { return p.Err }

// A ReadError says why an input could not be read to its end.
type ReadError struct {
	Name string // of the input
	Line int    // from 1; 0 where the reason is in no line
	Err  error  // wraps ErrNoArticles, ErrTooLong, or the reader's error
}

func (e *ReadError) Error() string { return position(e.Name, e.Line, e.Err) }

func (e *ReadError) Unwrap() error { return e.Err }

func position(name string, line int, err error) string {
	if line == 0 {
		return fmt.Sprintf("%s: %v", name, err)
	}
	return fmt.Sprintf("%s:%d: %v", name, line, err)
}

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
// The error is a [*ReadError], which wraps that of r, [ErrNoArticles] or, for a
// line of over 1 MiB or an entry of over 16 MiB, [ErrTooLong]. The listings are
// what was read up to there.
func Parse(name string, r io.Reader) ([]Listing, error) {
	var listings []Listing
	p := parser{name: name}
	p.page = func(l Listing) bool {
		listings = append(listings, l)
		return true
	}
	p.article = func(a Article) bool {
		l := &listings[len(listings)-1]
		if len(l.Articles) == cap(l.Articles) {
			// By itself append grows long slices by a quarter, and leaves four
			// times as much behind.
			l.Articles = slices.Grow(l.Articles, len(l.Articles))
		}
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
	p.oneLine, r = lookAhead(r)
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine+len("\r\n"))
	lines.Split(splitLine)
	for lines.Scan() {
		p.line++
		if err := p.addLine(lines.Bytes()); err != nil {
			return err
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return &ReadError{Name: p.name, Line: p.line + 1, Err: fmt.Errorf("the line is %w: over %d MiB", ErrTooLong, maxLine>>20)}
	} else if err != nil {
		return &ReadError{Name: p.name, Err: err}
	}
	if err := p.endPage(); err != nil {
		return err
	}
	switch {
	case p.found > 0:
		return nil
	case p.entries > 0:
		return &ReadError{Name: p.name, Err: fmt.Errorf("%w: none of its dates has a readable entry", ErrNoArticles)}
	}
	return &ReadError{Name: p.name, Err: fmt.Errorf("%w: no line holds just a date, such as 29.01.2024; in a listing one stands above the summary and the title of each article", ErrNoArticles)}
}

// splitLine is a bufio.SplitFunc for lines that end in LF, CRLF or CR. Several
// CRs before an LF, which careless conversions leave, are part of one line end.
func splitLine(data []byte, atEOF bool) (advance int, line []byte, err error) {
	end := lineEnd(data)
	switch {
	case end == len(data):
		if atEOF && end > 0 {
			return end, data, nil
		}
		return 0, nil, nil
	case data[end] == '\n':
		return end + 1, data[:end], nil
	}
	next := end
	for next < len(data) && data[next] == '\r' {
		next++
	}
	switch {
	case next == len(data) && !atEOF:
		return 0, nil, nil
	case next < len(data) && data[next] == '\n':
		return next + 1, data[:end], nil
	}
	return end + 1, data[:end], nil
}

// lineEnd returns where the first LF or CR is in data. It looks no farther
// than it must, since data may be much longer than its first line.
func lineEnd(data []byte) int {
	for window := 512; ; window *= 4 {
		head := data[:min(window, len(data))]
		if n := bytes.IndexByte(head, '\n'); n >= 0 {
			head = head[:n]
		}
		if n := bytes.IndexByte(head, '\r'); n >= 0 {
			return n
		}
		if len(head) < window {
			return len(head)
		}
	}
}

// lookAhead reads from r until it knows whether r has a blank line between
// other lines, or for maxLine bytes, and returns whether it has none and a
// reader of the whole of r.
func lookAhead(r io.Reader) (oneLine bool, whole io.Reader) {
	buf := make([]byte, 0, 4096)
	pos := 0
	some, blank := false, false
	var err error
	for {
		advance, line, _ := splitLine(buf[pos:], err != nil)
		if advance == 0 {
			switch {
			case err != nil:
				return true, io.MultiReader(bytes.NewReader(buf), errReader{err})
			case len(buf) >= maxLine:
				return true, io.MultiReader(bytes.NewReader(buf), r)
			}
			buf = slices.Grow(buf, 4096)
			var n int
			n, err = io.ReadAtLeast(r, buf[len(buf):cap(buf)], 1)
			buf = buf[:len(buf)+n]
			continue
		}
		pos += advance
		switch {
		case isBlank(line):
			blank = some
		case blank:
			whole = io.MultiReader(bytes.NewReader(buf), r)
			if err != nil {
				whole = io.MultiReader(bytes.NewReader(buf), errReader{err})
			}
			return false, whole
		default:
			some = true
		}
	}
}

// isBlank reports whether there is nothing in a line.
func isBlank(line []byte) bool {
	clean, _ := cleanLine(line)
	return len(clean) == 0
}

// An errReader has nothing to read but an error.
type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

// addLine reads one line of the input.
func (p *parser) addLine(raw []byte) error {
	line, bad := cleanLine(raw)
	if bad > 0 {
		what := "bytes or control characters are"
		if bad == 1 {
			what = "byte or control character is"
		}
		p.onPage = true
		p.bad = append(p.bad, &Problem{Name: p.name, Line: p.line, Err: fmt.Errorf("%d %s %w, and replaced by U+FFFD", bad, what, ErrEncoding)})
	}
	return p.addClean(line)
}

func (p *parser) addClean(line []byte) error {
	if len(line) == 0 {
		p.blanks++
		return nil
	}
	if before, ok := cutSkipLink(line); ok {
		// A page that does not end in a newline leaves its last line before
		// the skip link of the next.
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
	if date, ok := p.cutDate(line); ok {
		if err := p.endEntry(); err != nil {
			return err
		}
		p.entries++
		p.inEntry = true
		p.dateLine = p.line
		if date != p.dateText { // many entries have the date of the one before
			p.dateText = date
			p.date, p.dateErr = printedDate(date)
		}
		return nil
	}
	return p.addText(line)
}

// linkMark matches what programs that make text of pages put before a link.
var linkMark = regexp.MustCompile(`^(?:\[\d+\]|[*•+-])$`)

// cutSkipLink returns what stands before the skip link at the end of a line.
func cutSkipLink(line []byte) ([]byte, bool) {
	before, ok := bytes.CutSuffix(line, []byte(skipLink))
	if !ok && bytes.Contains(line, []byte("\u00ad")) {
		before, ok = bytes.CutSuffix([]byte(text.Visible(string(line))), []byte(skipLink))
	}
	if !ok {
		return nil, false
	}
	before = bytes.TrimRightFunc(before, text.IsEdge)
	if linkMark.Match(before) {
		before = nil
	}
	return before, true
}

// cutDate returns the date that a line is, be it on a calendar or not, without
// what shows nothing or is not text: an entry must not become part of the one
// before because of a stray byte.
func (p *parser) cutDate(line []byte) (string, bool) {
	if isDateLine(line) {
		if p.dateErr == nil && string(line) == p.dateText {
			return p.dateText, true
		}
		date := string(line)
		if _, err := printedDate(date); err != nil && len(p.text) > 0 && p.blanks == 0 && !p.oneLine && line[len(line)-1] == '.' {
			return "", false // the end of a sentence in hard-wrapped text
		}
		return date, true
	}
	if len(line) > 40 || utf8.RuneCount(line) == len(line) {
		return "", false
	}
	date := text.Fold(strings.ReplaceAll(text.Visible(string(line)), "\uFFFD", ""))
	return date, date != "" && isDateLine([]byte(date))
}

// isDateLine reports whether a line has the form of a date: three numbers with
// dots between, the first two of one or two digits and the last of two or more.
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
				if digits > 2 {
					return false
				}
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
		return &ReadError{Name: p.name, Line: first, Err: fmt.Errorf("the text between two dates is %w: over %d MiB", ErrTooLong, maxEntry>>20)}
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
		var l Listing
		if len(p.text) > 0 {
			l.Heading, l.Section, l.Intro = text.Head(strings.Split(string(p.text), "\n\n"))
		}
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
			lost := strings.TrimSpace(p.dateText + "\n\n" + string(p.text))
			more = more && p.problem(&Problem{Name: p.name, Line: p.dateLine, Err: p.dateErr, Text: lost})
		case len(p.text) == 0:
			more = more && p.problem(&Problem{Name: p.name, Line: p.dateLine, Err: fmt.Errorf("%s %w", p.dateText, ErrNoText), Text: p.dateText})
		default:
			a := Article{Date: p.date, Sections: p.sections[:len(p.sections):len(p.sections)]}
			a.Summary = string(p.text)
			if p.several && p.blanks <= 1 {
				a.Summary, a.Title = a.Summary[:p.last-len("\n\n")], a.Summary[p.last:]
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

// cleanLine returns a line as it stands in articles, and how much of it was
// not text. The result may be the line itself.
func cleanLine(line []byte) ([]byte, int) {
	if text.IsPlainBytes(line) {
		return line, 0
	}
	s, bad := text.Line(string(line))
	return []byte(s), bad
}
