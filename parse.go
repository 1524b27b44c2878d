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
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/text/transform"
)

// A Listing is one page: its heading, section and introduction, and its entries.
type Listing struct {
	Heading  string
	Section  string // the heading, on a page that names no section
	Intro    string // paragraphs separated by a blank line
	Articles []Article

	// URL is the page's URL. It is empty if the URL is not known, as for a text
	// listing.
	URL string

	// Site is the name of the page's site, and Language the BCP 47 tag of the
	// page's language. They are empty if the page does not state them.
	Site, Language string

	// FeedURL is the URL of the feed that the page names as its own, or empty.
	FeedURL string

	// Problems lists what could not be read, in the order of the lines. Other
	// articles are not affected by a problem.
	Problems []*ParseError
}

// A ParseError describes a part of an input that could not be read.
type ParseError struct {
	Name string // of the input
	Line int    // from 1; 0 if it is not known
	Err  error  // wraps one of the errors below, or is an error of the io.Reader

	// Text is the text that was left out because of the error: the date as
	// printed and the text under it. It is empty if nothing was left out, as
	// with ErrEncoding.
	Text string
}

func (e *ParseError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.Name, e.Line, e.Err)
}

func (e *ParseError) Unwrap() error { return e.Err }

var (
	// ErrNoText is the error for a date without text under it.
	ErrNoText = errors.New("has no text under it")

	// ErrEncoding is the error for bytes that are not UTF-8 and for control
	// characters.
	ErrEncoding = errors.New("not text")

	// ErrNoArticles is the error for an input or a feed without articles.
	ErrNoArticles = errors.New("no articles")

	// ErrTooLong is the error for a line, an entry, a section name or a list of
	// sections that exceeds its limit.
	ErrTooLong = errors.New("too long")
)

const (
	// skipLink is the first line of a page.
	skipLink = "Siirry pääsisältöön"

	maxLine  = 1 << 20  // bytes in a line
	maxEntry = 16 << 20 // bytes between two dates
)

// Parse reads a text, which may contain several listings. The package
// documentation describes the format. The name is used in errors.
//
// Each article has its listing's section. The listings' Problems have what could
// not be read: an invalid date with the entry under it ([ErrDate]), a date with
// nothing under it ([ErrNoText]), and bytes that are not text ([ErrEncoding]),
// which become U+FFFD in the article.
//
// The error is a [*ParseError]. It wraps the error of r, or [ErrNoArticles], or
// [ErrTooLong] for a line of over 1 MiB or an entry of over 16 MiB. Parse returns
// what it read before the error.
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
			// append would grow a long slice by a quarter each time, and make
			// four times as much garbage as doubling it.
			l.Articles = slices.Grow(l.Articles, len(l.Articles))
		}
		l.Articles = append(l.Articles, a)
		return true
	}
	p.problem = func(e *ParseError) bool {
		l := &listings[len(listings)-1]
		l.Problems = append(l.Problems, e)
		return true
	}
	err := p.parse(r)
	return listings, err
}

// Articles reads the same format as [Parse], but one entry at a time, so that
// the input may be larger than memory. It yields each article with a nil error,
// and each problem as a *ParseError with a zero Article. If reading fails, it
// last yields the error that Parse would return.
func Articles(name string, r io.Reader) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		p := parser{
			name:    name,
			page:    func(Listing) bool { return true },
			article: func(a Article) bool { return yield(a, nil) },
			problem: func(e *ParseError) bool { return yield(Article{}, e) },
		}
		if err := p.parse(r); err != nil && err != errStopped {
			yield(Article{}, err)
		}
	}
}

// errStopped ends parsing when the caller of an iterator wants no more.
var errStopped = errors.New("stopped")

// A parser reads lines. It calls page for each page before its entries, and
// article or problem for each entry as soon as the next one begins. A call that
// returns false ends the reading.
type parser struct {
	name    string
	page    func(Listing) bool
	article func(Article) bool
	problem func(*ParseError) bool

	line    int  // the number of the line being read
	oneLine bool // each line is a paragraph
	entries int  // dates so far
	found   int  // articles so far

	onPage    bool     // a part of the page has been read
	announced bool     // page has been called for it
	sections  []string // of its articles

	// The entry being read, or the text above the first entry of the page.
	inEntry  bool
	date     Date
	dateErr  error
	dateText string
	dateLine int
	text     []byte        // its paragraphs, with blank lines between
	last     int           // where the last paragraph begins in text
	several  bool          // there is more than one
	above    int           // blank lines before the last
	blanks   int           // blank lines after it
	bad      []*ParseError // problems in its lines
}

func (p *parser) errorf(line int, format string, args ...any) error {
	return &ParseError{Name: p.name, Line: line, Err: fmt.Errorf(format, args...)}
}

func (p *parser) parse(r io.Reader) error {
	in := bufio.NewReaderSize(transform.NewReader(r, &lineEnds{}), maxLine)
	p.oneLine = isOneLine(in)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine+2)
	for lines.Scan() {
		p.line++
		if err := p.addLine(lines.Bytes()); err != nil {
			return err
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return p.errorf(p.line+1, "the line is %w: over %d MiB", ErrTooLong, maxLine>>20)
	} else if err != nil {
		return &ParseError{Name: p.name, Err: err}
	}
	p.cutBrokenDate()
	if err := p.endPage(); err != nil {
		return err
	}
	switch {
	case p.found > 0:
		return nil
	case p.entries > 0:
		return p.errorf(0, "%w: none of its dates has a readable entry", ErrNoArticles)
	}
	return p.errorf(0, "%w: no line holds just a date, such as 29.01.2024; in a listing one stands above the summary and the title of each article", ErrNoArticles)
}

// lineEnds is a transform.Transformer that turns CRLF and CR into LF. Several
// CRs before an LF are one line end; careless conversions leave such.
type lineEnds struct {
	transform.NopResetter
	crs int // at the end of what was read; an LF may follow
}

func (e *lineEnds) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for {
		for nSrc < len(src) && src[nSrc] == '\r' {
			e.crs++
			nSrc++
		}
		if nSrc == len(src) && !atEOF {
			return nDst, nSrc, nil
		}
		if nSrc < len(src) && src[nSrc] == '\n' {
			e.crs = 0
		}
		for ; e.crs > 0 && nDst < len(dst); e.crs-- {
			dst[nDst] = '\n'
			nDst++
		}
		if nSrc == len(src) && e.crs == 0 {
			return nDst, nSrc, nil
		}
		end := len(src)
		if i := bytes.IndexByte(src[nSrc:], '\r'); i >= 0 {
			end = nSrc + i
		}
		n := copy(dst[nDst:], src[nSrc:end])
		nDst, nSrc = nDst+n, nSrc+n
		if nSrc < end || nDst == len(dst) && e.crs > 0 {
			return nDst, nSrc, transform.ErrShortDst
		}
	}
}

// isOneLine reports whether each line of a text is a paragraph: whether it has
// no blank line between other lines. It looks at no more than fits into r's
// buffer.
func isOneLine(r *bufio.Reader) bool {
	for n := 4096; ; n *= 4 {
		head, err := r.Peek(min(n, r.Size()))
		some, blank := false, false
		for line := range bytes.Lines(head) {
			line, whole := bytes.CutSuffix(line, []byte("\n"))
			switch clean, _ := cleanLine(line); {
			case !whole && err == nil: // the line goes on beyond head
			case len(clean) == 0:
				blank = some
			case blank:
				return false
			default:
				some = true
			}
		}
		if err != nil || n >= r.Size() {
			return true // Peek's error comes again with the next read
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
		p.onPage = true
		p.bad = append(p.bad, &ParseError{Name: p.name, Line: p.line, Err: fmt.Errorf("%d %s %w, and replaced by U+FFFD", bad, what, ErrEncoding)})
	}
	return p.addClean(line)
}

func (p *parser) addClean(line []byte) error {
	if len(line) == 0 {
		p.blanks++
		return nil
	}
	if before, ok := cutSkipLink(line); ok {
		// If a page does not end in a newline, the skip link of the next page
		// is on its last line.
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

// linkMark matches the mark that HTML-to-text programs put before a link.
var linkMark = regexp.MustCompile(`^(?:\[\d+\]|[*•+-])$`)

// cutSkipLink returns the text before a skip link at the end of a line.
func cutSkipLink(line []byte) ([]byte, bool) {
	before, ok := bytes.CutSuffix(line, []byte(skipLink))
	// Testing the last letter first is faster: few lines end in it.
	if !ok && bytes.HasSuffix(line, []byte("n")) && !text.IsPlain(line) {
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

// cutDate returns the date, valid or not, if the line is one. It ignores
// characters that are invisible or not text: a stray byte must not make an entry
// part of the one before.
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
	date := visibleDate(string(line))
	return date, date != ""
}

// visibleDate returns the date if the line is one, apart from characters that
// are invisible or not text, or "".
func visibleDate(line string) string {
	date := text.Fold(strings.ReplaceAll(text.Visible(line), "\uFFFD", ""))
	if date == "" || !isDateLine([]byte(date)) {
		return ""
	}
	return date
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

// dateStart matches the beginning of a date.
var dateStart = regexp.MustCompile(`^\d{1,2}(?:\. ?(?:\d{1,2}(?:\. ?\d{0,3})?)?)?$`)

// cutBrokenDate removes the beginning of a date from the last entry if the input
// ends within a date.
func (p *parser) cutBrokenDate() {
	if !p.inEntry || !p.several || p.blanks > 0 || !dateStart.Match(p.text[p.last:]) {
		return
	}
	start := string(p.text[p.last:])
	p.bad = append(p.bad, &ParseError{Name: p.name, Line: p.line, Err: fmt.Errorf("%q is %w: the input seems to end within one", start, ErrDate), Text: start})
	p.text = p.text[:p.last-len("\n\n")]
	p.last = max(0, bytes.LastIndex(p.text, []byte("\n\n"))+len("\n\n"))
	p.several = bytes.Contains(p.text, []byte("\n\n"))
	p.blanks = p.above
}

// addText adds a line of text to the entry.
func (p *parser) addText(line []byte) error {
	if len(p.text)+len(line) > maxEntry {
		first := p.dateLine
		if !p.inEntry {
			first = p.line
		}
		return p.errorf(first, "the text between two dates is %w: over %d MiB", ErrTooLong, maxEntry>>20)
	}
	switch {
	case len(p.text) == 0:
	case p.blanks > 0 || p.oneLine:
		p.text = append(p.text, "\n\n"...)
		p.last = len(p.text)
		p.several = true
		p.above = p.blanks
	default:
		p.text = append(p.text, ' ')
	}
	p.text = append(p.text, line...)
	p.blanks = 0
	return nil
}

// endEntry ends the entry being read. It calls page, if that has not been called
// for this page yet, and then article or problem.
func (p *parser) endEntry() error {
	more := true
	if !p.announced && p.onPage {
		var l Listing
		if len(p.text) > 0 {
			l.Heading, l.Section, l.Intro = head(strings.Split(string(p.text), "\n\n"))
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
			more = more && p.problem(&ParseError{Name: p.name, Line: p.dateLine, Err: p.dateErr, Text: lost})
		case len(p.text) == 0:
			more = more && p.problem(&ParseError{Name: p.name, Line: p.dateLine, Err: fmt.Errorf("%s %w", p.dateText, ErrNoText), Text: p.dateText})
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

// endPage ends the last entry of a page.
func (p *parser) endPage() error {
	err := p.endEntry()
	p.onPage, p.announced = false, false
	return err
}

// head splits the paragraphs above the first entry of a page into the heading,
// the section and the introduction.
func head(paragraphs []string) (heading, section, intro string) {
	if text.IsName(strings.TrimRight(paragraphs[0], "?!")) {
		heading, section = paragraphs[0], paragraphs[0]
		paragraphs = paragraphs[1:]
		if len(paragraphs) > 0 && text.IsName(paragraphs[0]) {
			section = paragraphs[0]
			paragraphs = paragraphs[1:]
		}
	}
	return heading, section, strings.Join(paragraphs, "\n\n")
}

// cleanLine returns a line in the form that articles have, and how many bytes or
// characters of it were not text. The result may share memory with the line.
func cleanLine(line []byte) ([]byte, int) {
	if text.IsPlain(line) {
		return line, 0
	}
	s, bad := text.Line(string(line))
	return []byte(s), bad
}

// WriteTo writes the listing in the format that Parse reads: its heading,
// section, introduction, and the date, summary and title of its articles. The
// format has no place for links, GUIDs, authors, problems, or sections other than
// the listing's. The error wraps ErrDate if an article has no valid date, and
// ErrNoText if one has neither a summary nor a title.
func (l *Listing) WriteTo(w io.Writer) (int64, error) {
	b := new(bytes.Buffer)
	b.WriteString(skipLink + "\n\n")
	writeText(b, l.Heading)
	intro, _, _ := strings.Cut(l.Intro, "\n\n")
	if l.Section != l.Heading || intro != "" && text.IsName(intro) {
		writeText(b, l.Section)
	}
	writeText(b, l.Intro)
	for _, a := range l.Articles {
		if !a.Date.IsValid() {
			return 0, fmt.Errorf("%q: the date is %w", a.Headline(), ErrDate)
		}
		if text.IsBlank(a.Summary + a.Title) {
			return 0, fmt.Errorf("the article of %v %w", a.Date, ErrNoText)
		}
		fmt.Fprintf(b, "%02d.%02d.%04d\n\n", a.Date.Day, int(a.Date.Month), a.Date.Year)
		writeText(b, a.Summary)
		writeText(b, a.Title)
		if a.Title == "" {
			b.WriteString("\n")
		}
	}
	return b.WriteTo(w)
}

// writeText writes paragraphs, each with a blank line after it. It splits a
// paragraph into several lines if Parse would not read it back from one line, as
// with "1. 2.2024".
func writeText(b *bytes.Buffer, s string) {
	for p := range strings.SplitSeq(s, "\n\n") {
		if p, _ = text.Line(p); p == "" {
			continue
		}
		for len(p) > maxLine {
			i := maxLine/2 + strings.IndexByte(p[maxLine/2:]+" ", ' ')
			b.WriteString(p[:i] + "\n")
			p = strings.TrimPrefix(p[i:], " ")
		}
		if visibleDate(p) != "" || strings.HasSuffix(text.Visible(p), skipLink) {
			p = strings.ReplaceAll(p, " ", "\n")
		}
		b.WriteString(p + "\n\n")
	}
}
