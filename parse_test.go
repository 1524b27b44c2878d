package vatesfeed

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// realPages are the two real listings.
var realPages = []string{"testdata/alueyhteistyo-2024-01.txt", "testdata/aluepaattajille-2024-01.txt"}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

func mustParse(t testing.TB, text string) []Listing {
	t.Helper()
	listings, err := Parse("test", strings.NewReader(text))
	require.NoError(t, err)
	return listings
}

func untitled(articles []Article) int {
	n := 0
	for _, a := range articles {
		if a.Title == "" {
			n++
		}
	}
	return n
}

func TestParseRealPages(t *testing.T) {
	for i, want := range []struct {
		section            string
		articles, untitled int
	}{
		{"Alueyhteistyö", 5, 2},
		{"Aluepäättäjille", 47, 8},
	} {
		listings := mustParse(t, readFile(t, realPages[i]))
		require.Len(t, listings, 1)
		l := listings[0]
		assert.Equal(t, "Artikkelit", l.Heading)
		assert.Equal(t, want.section, l.Section)
		assert.Empty(t, l.Intro)
		assert.Empty(t, l.Problems)
		assert.Len(t, l.Articles, want.articles)
		assert.Equal(t, want.untitled, untitled(l.Articles))
		for _, a := range l.Articles {
			assert.Equal(t, []string{want.section}, a.Sections)
			assert.NotContains(t, a.Summary, "\n")
		}
	}
}

func TestParseRealEntry(t *testing.T) {
	l := mustParse(t, readFile(t, realPages[0]))[0]
	want := Article{
		Date:     Date{2024, 1, 26},
		Title:    "Yhdessä tekemisellä kohti ekosysteemimäistä toimintatapaa",
		Summary:  "Kanta-Hämeessä luotsataan aluetta kohti uutta elinvoiman ja työllisyydenhoidon mallia yhdessä tekemisellä. Yhdessä tekeminen on jotain enemmän kuin yhteistyö, siinä ponnistellaan kohti samaa päämäärää. Työ vaatii kauaskatseista visiota, tahtoa, yhteistä keskustelua ja tietysti yhdessä tekemistä.",
		Sections: []string{"Alueyhteistyö"},
	}
	assert.Empty(t, cmp.Diff(want, l.Articles[2]))
	last := l.Articles[4]
	assert.Empty(t, last.Title)
	assert.True(t, strings.HasSuffix(last.Summary, "kokoaminen yhteen."))
}

// TestParseConcatenated reads what cat makes of the real pages: the first does
// not end in a newline, so the second's skip link stands on its last line.
func TestParseConcatenated(t *testing.T) {
	one, two := readFile(t, realPages[0]), readFile(t, realPages[1])
	listings := mustParse(t, one+two)
	require.Len(t, listings, 2)
	assert.Empty(t, cmp.Diff([]Listing{mustParse(t, one)[0], mustParse(t, two)[0]}, listings))
	assert.Len(t, Merge(listings...), 49)
	assert.Len(t, Merge(mustParse(t, two+one)...), 49)
}

// page puts entries under the usual head of a page.
func page(entries string) string {
	return "Siirry pääsisältöön\n\nArtikkelit\n\nBlogi\n\n" + entries
}

func TestParseEntries(t *testing.T) {
	type entry struct{ Date, Summary, Title string }
	for _, test := range []struct {
		name, text string
		want       []entry
	}{
		{"titled", page("1.2.2024\n\nS.\n\nT\n\n3.2.2024\n\nS2.\n\nT2\n"),
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", "T2"}}},
		{"untitled", page("1.2.2024\n\nS.\n\n\n3.2.2024\n\nS2.\n"),
			[]entry{{"2024-02-01", "S.", ""}, {"2024-02-03", "S2.", ""}}},
		{"untitled, one blank line", page("1.2.2024\n\nS.\n\n3.2.2024\n\nS2.\n"),
			[]entry{{"2024-02-01", "S.", ""}, {"2024-02-03", "S2.", ""}}},
		{"two paragraphs and a title", page("1.2.2024\n\nS.\n\nMore.\n\nT\n\n3.2.2024\n\nS2."),
			[]entry{{"2024-02-01", "S.\n\nMore.", "T"}, {"2024-02-03", "S2.", ""}}},
		{"two paragraphs, no title", page("1.2.2024\n\nS.\n\nMore.\n\n\n3.2.2024\n\nS2."),
			[]entry{{"2024-02-01", "S.\n\nMore.", ""}, {"2024-02-03", "S2.", ""}}},
		{"no blank line after the title", page("1.2.2024\n\nS.\n\nT\n3.2.2024\n\nS2."),
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", ""}}},
		{"no blank line after the date", page("1.2.2024\nS.\n\nT\n\n3.2.2024\nS2."),
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", ""}}},
		{"many blank lines inside", page("1.2.2024\n\n\n\nS.\n\n\n\n\nT\n"),
			[]entry{{"2024-02-01", "S.", "T"}}},
		{"two blank lines at the end", page("1.2.2024\n\nS.\n\nMore.\n\n\n"),
			[]entry{{"2024-02-01", "S.\n\nMore.", ""}}},
		{"two blank lines before a page", page("1.2.2024\n\nS.\n\nMore.\n\n\n" + page("3.2.2024\n\nS2.")),
			[]entry{{"2024-02-01", "S.\n\nMore.", ""}, {"2024-02-03", "S2.", ""}}},
		{"hard-wrapped", page("1.2.2024\n\nA long\nsummary\nin lines.\n\nA title\nas well\n\n"),
			[]entry{{"2024-02-01", "A long summary in lines.", "A title as well"}}},
		{"dates in sentences", page("1.2.2024\n\nSiirtyvät 1.1.2025. Ja\n31.8.–2.9.2021 myös\n1.1.2025 alkaen.\n\n31.8.–2.9.2021\n"),
			[]entry{{"2024-02-01", "Siirtyvät 1.1.2025. Ja 31.8.–2.9.2021 myös 1.1.2025 alkaen.", "31.8.–2.9.2021"}}},
		{"no blank lines", "Artikkelit\nBlogi\n1.2.2024\nS.\nT\n3.2.2024\nS2.\n5.2.2024\nS3.\nMore.\nT3",
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", ""}, {"2024-02-05", "S3.\n\nMore.", "T3"}}},
		{"no blank lines but around", "\n \nBlogi\n1.2.2024\nS.\nT\n\n\n",
			[]entry{{"2024-02-01", "S.\n\nT", ""}}},
		{"sentence that ends in a date", page("1.2.2024\n\nPalvelut siirtyvät\n1.1.2025.\n\nSoita\n010.200.3000\n"),
			[]entry{{"2024-02-01", "Palvelut siirtyvät 1.1.2025.", "Soita 010.200.3000"}}},
		{"invisible marks", page("\u200e1.2.2024\u200f\n\nS.\n\nT\n\n\u202a3.2.2024\u202c\n\nS2."),
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", ""}}},
		{"form feeds", page("1.2.2024\n\nS.\n\nT\n\n\f3.2.2024\n\f\nS2.\f" + page("5.2.2024\n\nS3.")),
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", ""}, {"2024-02-05", "S3.", ""}}},
		{"links numbered by a text browser", "[1]" + page("1.2.2024\n\nS.\n\n\n * "+page("3.2.2024\n\nS2.")),
			[]entry{{"2024-02-01", "S.", ""}, {"2024-02-03", "S2.", ""}}},
		{"soft hyphens", strings.Replace(page("1.2.2024\n\nS.\n\nT\n"), "pääsisältöön", "pää\u00adsisältöön", 1),
			[]entry{{"2024-02-01", "S.", "T"}}},
		{"dates with spaces", page("01. 02. 2024\n\nS.\n\nT\n"),
			[]entry{{"2024-02-01", "S.", "T"}}},
		{"white space", "\ufeff" + strings.ReplaceAll(strings.ReplaceAll(page("1.2.2024 \t\n\n\tS\u00a0a  b. \n\u00a0\t\nT\n"), "\n\n", "\n \n"), "\n", "\r\n"),
			[]entry{{"2024-02-01", "S a b.", "T"}}},
		{"old Mac line ends", strings.ReplaceAll(page("1.2.2024\n\nS.\n\nT\n\n3.2.2024\n\nS2.\n\nT2"), "\n", "\r"),
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", "T2"}}},
		{"doubled CR", strings.ReplaceAll(page("1.2.2024\n\nS.\n\nT\n\n3.2.2024\n\nS2."), "\n", "\r\r\n"),
			[]entry{{"2024-02-01", "S.", "T"}, {"2024-02-03", "S2.", ""}}},
		{"decomposed", page(norm.NFD.String("1.2.2024\n\nÄäkköset.\n\nÖljyä\n")),
			[]entry{{"2024-02-01", "Ääkköset.", "Öljyä"}}},
		{"writer on a blog page", page("1.2.2024\n\nMaija Meikäläinen: Näin se kävi.\n\n\n"),
			[]entry{{"2024-02-01", "Maija Meikäläinen: Näin se kävi.", ""}}},
		{"leap day", page("29.2.2024\n\nS."), []entry{{"2024-02-29", "S.", ""}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []entry
			for _, l := range mustParse(t, test.text) {
				assert.Empty(t, l.Problems)
				assert.Equal(t, []string{"Blogi"}, l.Articles[0].Sections)
				for _, a := range l.Articles {
					assert.True(t, a.Date.IsValid())
					got = append(got, entry{a.Date.String(), a.Summary, a.Title})
				}
			}
			assert.Empty(t, cmp.Diff(test.want, got))
		})
	}
}

func TestParseHeadings(t *testing.T) {
	const prose = "Blogissa kirjoittavat Vates-säätiön asiantuntijat."
	for _, test := range []struct {
		name, head, heading, section, intro string
	}{
		{"heading and section", "Artikkelit\n\nAluepäättäjille", "Artikkelit", "Aluepäättäjille", ""},
		{"heading alone", "Blogi", "Blogi", "Blogi", ""},
		{"nothing", "", "", "", ""},
		{"introduction", "Blogi\n\n" + prose, "Blogi", "Blogi", prose},
		{"introduction of two sentences without a stop", "Blogi\n\nTervetuloa. Lue lisää", "Blogi", "Blogi", "Tervetuloa. Lue lisää"},
		{"introduction of two paragraphs", "Blogi\n\n" + prose + "\n\nTervetuloa", "Blogi", "Blogi", prose + "\n\nTervetuloa"},
		{"all three", "Artikkelit\n\nBlogi\n\n" + prose, "Artikkelit", "Blogi", prose},
		{"quoted", "Artikkelit\n\n”Tämä on tärkeää.”", "Artikkelit", "Artikkelit", "”Tämä on tärkeää.”"},
		{"question", "Mitä uutta?\n\nTyöelämä", "Mitä uutta?", "Työelämä", ""},
		{"long", "Blogi\n\n" + strings.Repeat("sana ", 16) + "sana", "Blogi", "Blogi", strings.Repeat("sana ", 16) + "sana"},
		{"introduction alone", prose, "", "", prose},
		{"hard-wrapped introduction", "Blogi\n\nBlogissa kirjoittavat\nVates-säätiön asiantuntijat.", "Blogi", "Blogi", prose},
		{"decomposed", norm.NFD.String("Artikkelit\n\nAluepäättäjille"), "Artikkelit", "Aluepäättäjille", ""},
	} {
		for _, skip := range []string{"", skipLink + "\n\n"} {
			l := mustParse(t, skip+test.head+"\n\n1.2.2024\n\nSummary.\n\nTitle\n")[0]
			assert.Equal(t, [3]string{test.heading, test.section, test.intro}, [3]string{l.Heading, l.Section, l.Intro}, test.name)
			require.Len(t, l.Articles, 1)
			if test.section == "" {
				assert.Empty(t, l.Articles[0].Sections)
			} else {
				assert.Equal(t, []string{test.section}, l.Articles[0].Sections)
			}
		}
	}
}

func TestParseProblems(t *testing.T) {
	for _, test := range []struct {
		name, entries string
		articles      int
		want          []string
		is            error
		text          string
	}{
		{"no such day", "31.02.2024\n\nS.\n\nT\n\n", 2, []string{`test:8: "31.02.2024" is not a date: there is no such day`}, ErrDate, "31.02.2024\n\nS.\n\nT"},
		{"month 13", "1.13.2024\n\nS.\n\n", 2, []string{`test:8: "1.13.2024" is not a date: there is no such day`}, ErrDate, "1.13.2024\n\nS."},
		{"year 0", "1.1.0000\n\nS.\n\n", 2, []string{`test:8: "1.1.0000" is not a date: there is no such day`}, ErrDate, "1.1.0000\n\nS."},
		{"short year", "29.1.24\n\nS.\n\n", 2, []string{`test:8: "29.1.24" is not a date: its year needs four digits`}, ErrDate, "29.1.24\n\nS."},
		{"stray byte in a date", "31.1.2024\x00\n\nS.\n\nT\n\n", 3, []string{`test:8: 1 byte or control character is not text, and replaced by U+FFFD`}, ErrEncoding, ""},
		{"dot after the year", "29.1.2024.\n\nS.\n\n", 2, []string{`test:8: "29.1.2024." is not a date`}, ErrDate, "29.1.2024.\n\nS."},
		{"long year", "29.1.20240\n\nS.\n\n", 2, []string{`test:8: "29.1.20240" is not a date`}, ErrDate, "29.1.20240\n\nS."},
		{"date alone", "5.2.2024\n\n", 2, []string{`test:8: 5.2.2024 has no text under it`}, ErrNoText, "5.2.2024"},
		{"not UTF-8", "5.2.2024\n\nS\xe4 \xff.\n\n", 3, []string{`test:10: 2 bytes or control characters are not text, and replaced by U+FFFD`}, ErrEncoding, ""},
		{"control character", "5.2.2024\n\nS\x1b.\n\n", 3, []string{`test:10: 1 byte or control character is not text, and replaced by U+FFFD`}, ErrEncoding, ""},
		{"both", "32.2.2024\n\nS\x00.\n\n", 2, []string{`test:8: "32.2.2024" is not a date: there is no such day`, `test:10: 1 byte or control character is not text, and replaced by U+FFFD`}, ErrDate, "32.2.2024\n\nS\ufffd."},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := "Artikkelit\n\n1.2.2024\nS.\n\nT\n\n" + test.entries + "3.2.2024\n\nS2.\n\nT2\n"
			l := mustParse(t, text)[0]
			assert.Len(t, l.Articles, test.articles)
			assert.Equal(t, Article{Date: Date{2024, 2, 1}, Summary: "S.", Title: "T", Sections: []string{"Artikkelit"}}, l.Articles[0])
			assert.Equal(t, Article{Date: Date{2024, 2, 3}, Summary: "S2.", Title: "T2", Sections: []string{"Artikkelit"}}, l.Articles[len(l.Articles)-1])
			var got []string
			for _, p := range l.Problems {
				got = append(got, p.Error())
			}
			assert.Equal(t, test.want, got)
			assert.ErrorIs(t, l.Problems[0], test.is)
			assert.Equal(t, test.text, l.Problems[0].Text)
		})
	}
}

// TestParseCutOff has texts that end within a date, as a page may that is cut
// off while it is sent.
func TestParseCutOff(t *testing.T) {
	whole := page("3.2.2024\n\nS.\n\nT\n\n1.2.2024\n\nS2.\n\nT2\n\n")
	want := mustParse(t, whole)[0].Articles
	for _, end := range []string{"2", "26", "26.", "26.0", "26.01", "26.01.", "26. 1. 2", "26.01.202"} {
		l := mustParse(t, whole+end)[0]
		assert.Empty(t, cmp.Diff(want, l.Articles), end)
		require.Len(t, l.Problems, 1, end)
		assert.ErrorIs(t, l.Problems[0], ErrDate)
		assert.Contains(t, l.Problems[0].Text, end)
	}
	l := mustParse(t, page("1.2.2024\n\nS2.\n\n\n26.0"))[0]
	assert.Equal(t, []Article{{Date: Date{2024, 2, 1}, Summary: "S2.", Sections: []string{"Blogi"}}}, l.Articles)
	l = mustParse(t, page("1.2.2024\n\nS.\n\n2024\n"))[0]
	assert.Equal(t, "2024", l.Articles[0].Title)
}

// TestParseProblemAboveEntries has a problem in a line that comes before the
// page's first date.
func TestParseProblemAboveEntries(t *testing.T) {
	l := mustParse(t, "Blo\xffgi\n\n1.2.2024\n\nS.\n")[0]
	assert.Equal(t, "Blo\ufffdgi", l.Section)
	require.Len(t, l.Problems, 1)
	assert.Equal(t, 1, l.Problems[0].Line)
	assert.Len(t, l.Articles, 1)
}

func TestParseErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, test := range []struct {
		name string
		r    io.Reader
		is   error
		want string
	}{
		{"empty", strings.NewReader(""), ErrNoArticles, "no line holds just a date"},
		{"blank lines", strings.NewReader("\n \n\t\n"), ErrNoArticles, "no line holds just a date"},
		{"headings", strings.NewReader("Siirry pääsisältöön\n\nArtikkelit\n"), ErrNoArticles, "such as 29.01.2024"},
		{"no good date", strings.NewReader("Blogi\n\n31.02.2024\n\nS.\n"), ErrNoArticles, "none of its dates has a readable entry"},
		{"long line", strings.NewReader("Blogi\n\n1.1.2024\n\n" + strings.Repeat("x", maxLine+3)), ErrTooLong, "test:5: the line is too long: over 1 MiB"},
		{"long entry", strings.NewReader("Blogi\n\n1.1.2024\n\n" + strings.Repeat(strings.Repeat("x", maxLine)+"\n\n", 17)), ErrTooLong, "test:3: the text between two dates is too long: over 16 MiB"},
		{"broken at once", iotest.ErrReader(broken), broken, "test: broken"},
		{"broken later", io.MultiReader(strings.NewReader(page("1.1.2024\n\nS.\n\n2.1.2024\n\n")), iotest.ErrReader(broken)), broken, "test: broken"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("test", test.r)
			assert.ErrorIs(t, err, test.is)
			assert.ErrorContains(t, err, test.want)
			assert.ErrorContains(t, err, "test:")
		})
	}
}

// TestParseSmallReads reads a byte at a time.
func TestParseSmallReads(t *testing.T) {
	text := readFile(t, realPages[0]) + strings.ReplaceAll(readFile(t, realPages[1]), "\n", "\r\n")
	got, err := Parse("test", iotest.OneByteReader(strings.NewReader(text)))
	require.NoError(t, err)
	assert.Empty(t, cmp.Diff(mustParse(t, text), got))
}

func TestArticles(t *testing.T) {
	text := page("1.2.2024\n\nS.\n\nT\n\n31.2.2024\n\nX.\n\n3.2.2024\n\nS2.\n")
	var titles, problems []string
	for a, err := range Articles("test", strings.NewReader(text)) {
		var p *ParseError
		if errors.As(err, &p) {
			problems = append(problems, fmt.Sprint(p.Line))
			continue
		}
		require.NoError(t, err)
		titles = append(titles, a.Headline())
	}
	assert.Equal(t, []string{"T", "S2."}, titles)
	assert.Equal(t, []string{"13"}, problems)

	for range Articles("test", strings.NewReader(text)) {
		break // must not panic
	}
	var last error
	for _, err := range Articles("test", strings.NewReader("Blogi")) {
		last = err
	}
	assert.ErrorIs(t, last, ErrNoArticles)
}

// TestArticlesStream checks that reading an endless input yields its articles
// as they come, and so keeps none of them.
func TestArticlesStream(t *testing.T) {
	page := readFile(t, realPages[1]) + "\n"
	endless := &endlessReader{text: page}
	n := 0
	for _, err := range Articles("test", endless) {
		require.NoError(t, err)
		if n++; n == 47*500 {
			break
		}
	}
	assert.Less(t, endless.read, 501*len(page)+2<<20, "bytes read ahead")
}

// endlessReader reads a text over and over.
type endlessReader struct {
	text     string
	at, read int
}

func (r *endlessReader) Read(b []byte) (int, error) {
	n := copy(b, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	r.read += n
	return n, nil
}

// seen returns a line without invisible characters, and with U+FFFD for what is
// not text.
func seen(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.In(r, unicode.Cc, unicode.Noncharacter_Code_Point):
			return utf8.RuneError
		}
		return r
	}, norm.NFC.String(line))
	return strings.Join(strings.Fields(norm.NFC.String(line)), " ")
}

// words returns the words of a text, without what is not text.
func words(s string) []string {
	return strings.Fields(strings.ReplaceAll(seen(s), "\uFFFD", ""))
}

var (
	skipLinks = regexp.MustCompile(`(?:(?:^(?:\[\d+\]|[*•+-]))? ?Siirry pääsisältöön)+$`)
	printed   = regexp.MustCompile(`^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$`)
)

// day returns a line that is a valid date in one way of writing it, and others
// as they are.
func day(line string) string {
	if m := printed.FindStringSubmatch(line); m != nil {
		if t, err := time.Parse("2.1.2006", m[1]+"."+m[2]+"."+m[3]); err == nil && t.Year() > 0 {
			return t.Format("2.1.2006")
		}
	}
	return line
}

// checkNothingLost compares the words of an input with the words of what was
// read from it.
func checkNothingLost(t *testing.T, input string) {
	t.Helper()
	listings, err := Parse("test", strings.NewReader(input))
	if err != nil && !errors.Is(err, ErrNoArticles) {
		return
	}

	// The words that went in, apart from skip links. Dates count as days.
	var in []string
	for line := range strings.FieldsFuncSeq(input, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line = skipLinks.ReplaceAllString(strings.TrimRight(seen(line), "\uFFFD "), "")
		in = append(in, strings.Fields(day(strings.Join(words(line), " ")))...)
	}

	var out []string
	add := func(texts ...string) {
		for _, s := range texts {
			assert.True(t, norm.NFC.IsNormalString(s), "%q is not in NFC", s)
			assert.True(t, utf8.ValidString(s), "%q is not UTF-8", s)
			out = append(out, words(s)...)
		}
	}
	var same []string // sections that are named as their heading, or not at all
	for _, l := range listings {
		add(l.Heading, l.Intro)
		if l.Section != l.Heading {
			add(l.Section)
		} else if l.Section != "" {
			same = append(same, l.Section)
		}
		for _, a := range l.Articles {
			assert.NotEmpty(t, a.Summary)
			add(a.Date.Time().Format("2.1.2006"), a.Summary, a.Title)
		}
		for _, p := range l.Problems {
			assert.Positive(t, p.Line)
			if date, rest, _ := strings.Cut(p.Text, "\n"); errors.Is(p.Err, ErrNoText) {
				add(day(strings.Join(words(date), " ")), rest)
				continue
			}
			add(p.Text)
		}
	}
	for _, s := range same {
		first := words(s)
		if len(first) == 0 {
			continue
		}
		count := func(words []string) (n int) {
			for _, w := range words {
				if w == first[0] {
					n++
				}
			}
			return n
		}
		if count(in) > count(out) {
			add(s)
		}
	}
	slices.Sort(in)
	slices.Sort(out)
	if diff := cmp.Diff(in, out); diff != "" {
		t.Errorf("words of %q (-in +out):\n%s", input, diff)
	}
}

// TestParseGenerated reads pages that were made from known listings.
func TestParseGenerated(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	words := func(n int) string {
		s := make([]string, 1+r.IntN(n))
		for i := range s {
			s[i] = []string{"työ", "sana", "1.1.2025", "– ja", "(kts. s. 12)", "e\u0301", "Siirry", "👩🏽‍💻"}[r.IntN(8)]
		}
		return norm.NFC.String("X " + strings.Join(s, " "))
	}
	for range 500 {
		var want []Listing
		var b strings.Builder
		for range 1 + r.IntN(3) {
			l := Listing{Heading: "Artikkelit", Section: []string{"Aluepäättäjille", "Blogi", "Työ- ja elämä"}[r.IntN(3)]}
			b.WriteString(skipLink + "\n\nArtikkelit\n\n" + l.Section + "\n\n")
			if r.IntN(2) == 0 {
				l.Intro = words(9) + "."
				b.WriteString(l.Intro + "\n\n")
			}
			for range r.IntN(5) {
				a := Article{Date: Date{1990 + r.IntN(60), 2, 1 + r.IntN(28)}, Sections: []string{l.Section}}
				b.WriteString(a.Date.Time().Format([]string{"2.1.2006", "02.01.2006"}[r.IntN(2)]) + "\n\n")
				a.Summary = words(20)
				for range r.IntN(3) {
					a.Summary += "\n\n" + words(20)
				}
				b.WriteString(a.Summary + "\n\n")
				if r.IntN(2) == 0 {
					a.Title = words(5)
					b.WriteString(a.Title + "\n\n")
				} else {
					b.WriteString("\n")
				}
				l.Articles = append(l.Articles, a)
			}
			want = append(want, l)
		}
		text := b.String()
		switch r.IntN(4) {
		case 0:
			text = norm.NFD.String(text)
		case 1:
			text = strings.ReplaceAll(text, "\n", "\r\n")
		case 2:
			text = "\ufeff" + strings.ReplaceAll(text, " ", "\u00a0 ")
		}
		got, err := Parse("test", strings.NewReader(text))
		if err != nil {
			require.ErrorIs(t, err, ErrNoArticles)
		}
		require.Empty(t, cmp.Diff(want, got), "%q", text)
	}
}

// TestParseOnlyProblems has nothing in its lines but what is no text.
func TestParseOnlyProblems(t *testing.T) {
	listings, err := Parse("test", strings.NewReader("\x1a\n\n\x1a"))
	assert.ErrorIs(t, err, ErrNoArticles)
	require.Len(t, listings, 1)
	assert.Len(t, listings[0].Problems, 2)
}

// TestParseEmptyPages has pages without entries and one without a heading, to
// which nothing of another page may pass.
func TestParseEmptyPages(t *testing.T) {
	got := mustParse(t, skipLink+"\n\nArtikkelit\n\nTyhjä\n\n"+skipLink+"\n"+page("1.2.2024\n\nS.\n\n")+skipLink+"\n\n3.2.2024\n\nS2.\n")
	want := []Listing{
		{Heading: "Artikkelit", Section: "Tyhjä"},
		{},
		{Heading: "Artikkelit", Section: "Blogi", Articles: []Article{{Date: Date{2024, 2, 1}, Summary: "S.", Sections: []string{"Blogi"}}}},
		{Articles: []Article{{Date: Date{2024, 2, 3}, Summary: "S2."}}},
	}
	assert.Empty(t, cmp.Diff(want, got))
}

// TestParseWriteTo writes listings as text and reads them again.
func TestParseWriteTo(t *testing.T) {
	for _, name := range realPages {
		checkWriteTo(t, readFile(t, name))
	}
	for _, input := range []string{
		"Blogi\n\n1.1.2024\n\nS\n\n1.\n1.2024\n\n",
		"Mitä uutta?\n\nBlogi\n\nNimi\n\n1.1.2024\n\nxSiirry\npääsisältöön\n\nS\n\n\n2.1.2024\nA",
		"Blogi\n\nBlogi\n\nNimi\n\n1.1.2024\n\nS",
		"Johdanto. Toinen.\n\nNimi\n\n1.1.2024\n\nS\n\nT\n\nU\n\n\n",
		skipLink + "\n" + skipLink + "\n\n1.1.0001\nA",
		"Blogi\n\n1.1.2024\n\n" + strings.Repeat(strings.Repeat("x", 90)+"\n", 30000) + "1.1.2024x",
	} {
		checkWriteTo(t, input)
	}
	for _, l := range []Listing{
		{Articles: []Article{{Summary: "S"}}},
		{Articles: []Article{{Date: Date{2024, 2, 30}, Summary: "S"}}},
		{Articles: []Article{{Date: Date{2024, 2, 1}, Summary: " \n\u200b"}}},
	} {
		_, err := l.WriteTo(io.Discard)
		assert.Error(t, err)
	}
}

func checkWriteTo(t *testing.T, input string) {
	t.Helper()
	want, err := Parse("test", strings.NewReader(input))
	if err != nil && !errors.Is(err, ErrNoArticles) {
		return
	}
	var b strings.Builder
	for i := range want {
		want[i].Problems = nil
		n, err := want[i].WriteTo(&b)
		require.NoError(t, err)
		assert.Positive(t, n)
	}
	got, err := Parse("test", strings.NewReader(b.String()))
	if err != nil {
		require.ErrorIs(t, err, ErrNoArticles)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%.2000q written as %.2000q (-want +got):\n%.2000s", input, b.String(), diff)
	}
}

func TestNothingLost(t *testing.T) {
	for _, name := range realPages {
		checkNothingLost(t, readFile(t, name))
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range realPages {
		text := readFile(f, name)
		f.Add(text[:min(len(text), 1500)])
	}
	f.Add(page("1.2.2024\n\nS.\n\nT\n\n\n31.2.2024\nX\n3.3.2024\n") + page("1.1.2024\nA\nB"))
	f.Add("Blogi\n1.1.2024\nS\nT")
	f.Add("Blogi\r\r1. 1. 2024.\r\xff\u200b\ufeffSiirry pääsisältöönSiirry pääsisältöön\r\n29.1.24")
	f.Add("a\u0308\u00ad\n\n1.1.2024\n\u0308b\n \u00a0\u2028\n\ufffec")
	f.Fuzz(func(t *testing.T, input string) {
		checkNothingLost(t, input)
		checkWriteTo(t, input)

		listings, err := Parse("test", strings.NewReader(input))
		var articles, streamed []Article
		for _, l := range listings {
			articles = append(articles, l.Articles...)
		}
		var last error
		for a, err := range Articles("test", strings.NewReader(input)) {
			var p *ParseError
			if last = err; errors.As(err, &p) {
				continue
			}
			if err == nil {
				streamed = append(streamed, a)
			}
		}
		assert.Equal(t, articles, streamed)
		if err != nil {
			assert.Equal(t, err.Error(), last.Error())
		}

		// The same article by itself has the same identity.
		for _, a := range articles {
			b := a
			b.Summary = norm.NFD.String("  " + strings.ReplaceAll(a.Summary, " ", "\n") + "\n")
			b.Title, b.Sections = "Another", nil
			assert.Equal(t, a.ID(), b.ID())
		}
	})
}
