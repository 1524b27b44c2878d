package vatesfeed

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// listed makes a listing of articles of one day, each named by a letter.
func listed(letters string) Listing {
	var l Listing
	for _, c := range letters {
		l.Articles = append(l.Articles, Article{Date: Date{2024, 1, 29}, Summary: string(c)})
	}
	return l
}

func summaries(articles []Article) string {
	var s strings.Builder
	for _, a := range articles {
		s.WriteString(a.Summary)
	}
	return s.String()
}

func TestMergeOrder(t *testing.T) {
	for _, test := range []struct{ listings, want string }{
		{"", ""},
		{"ABC", "ABC"},
		{"AAB", "AB"},
		{"AB CD", "ABCD"},
		{"AB AB", "AB"},
		{"AB CAB", "CAB"},
		{"AB CA", "CAB"},
		{"AB ACB", "ACB"},
		{"AB AC", "ACB"},
		{"AB BA", "AB"},
		{"AB BCADD", "CADB"},
		{"ABC XBY ZY", "AXBZYC"},
	} {
		var listings []Listing
		for l := range strings.FieldsSeq(test.listings) {
			listings = append(listings, listed(l))
		}
		assert.Equal(t, test.want, summaries(Merge(listings...)), test.listings)
	}
}

func TestMergeNewestFirst(t *testing.T) {
	a := Article{Date: Date{2024, 1, 1}, Summary: "a"}
	b := Article{Date: Date{2024, 1, 2}, Summary: "b"}
	c := Article{Date: Date{2024, 1, 1}, Summary: "c"}
	got := Merge(Listing{Articles: []Article{a, b}}, Listing{Articles: []Article{c}})
	assert.Equal(t, []Article{b, a, c}, got)
}

func TestMergeSame(t *testing.T) {
	day, other := Date{2024, 1, 29}, Date{2024, 1, 30}
	const l1, l2, g1, g2 = "https://www.vates.fi/1", "https://www.vates.fi/2", "urn:uuid:1", "urn:uuid:2"
	for _, test := range []struct {
		name string
		in   []Article
		want []Article
	}{
		{"sections, title and link of all",
			[]Article{{Date: day, Summary: "s", Sections: []string{"A"}}, {Date: day, Summary: "s", Title: "t", Link: l1, Sections: []string{"B", "a"}}},
			[]Article{{Date: day, Summary: "s", Title: "t", Link: l1, Sections: []string{"A", "B"}}}},
		{"by link",
			[]Article{{Date: day, Summary: "s", Link: l1}, {Date: other, Summary: "r", Link: l1}},
			[]Article{{Date: day, Summary: "s", Link: l1}}},
		{"different links",
			[]Article{{Date: day, Summary: "s", Link: l1}, {Date: day, Summary: "s", Link: l2}},
			[]Article{{Date: day, Summary: "s", Link: l1}, {Date: day, Summary: "s", Link: l2}}},
		{"different dates",
			[]Article{{Date: other, Summary: "s"}, {Date: day, Summary: "s"}},
			[]Article{{Date: other, Summary: "s"}, {Date: day, Summary: "s"}}},
		{"an article of a feed keeps its ID and takes what the page has",
			[]Article{{Date: day, Summary: "s", Title: "old", GUID: g1}, {Date: day, Summary: "s", Title: "new", Link: l1}},
			[]Article{{Date: day, Summary: "s", Title: "new", Link: l1, GUID: g1}}},
		{"whichever comes first",
			[]Article{{Date: other, Summary: "r", Link: l1}, {Date: day, Summary: "s", Link: l1, GUID: l1}},
			[]Article{{Date: other, Summary: "r", Link: l1, GUID: l1}}},
		{"different GUIDs",
			[]Article{{Date: day, Summary: "s", GUID: g1}, {Date: day, Summary: "s", GUID: g2}},
			[]Article{{Date: day, Summary: "s", GUID: g1}, {Date: day, Summary: "s", GUID: g2}}},
		{"different GUIDs, but one link and day",
			[]Article{{Date: day, Summary: "s", Link: l1, GUID: g1}, {Date: day, Summary: "r", Link: l1, GUID: g2}},
			[]Article{{Date: day, Summary: "s", Link: l1, GUID: g1}, {Date: day, Summary: "r", Link: l1, GUID: g2}}},
		{"different GUIDs and days, and one link",
			[]Article{{Date: other, Summary: "s", Link: l1, GUID: g1}, {Date: day, Summary: "r", Link: l1, GUID: g2}},
			[]Article{{Date: other, Summary: "s", Link: l1, GUID: g1}, {Date: day, Summary: "r", Link: l1, GUID: g2}}},
		{"a link that has gone over to another article",
			[]Article{{Date: day, Summary: "s", Title: "S", Link: l1, GUID: l1}, {Date: other, Summary: "r", Title: "R", GUID: g2}, {Date: other, Summary: "r", Title: "R", Link: l1}},
			[]Article{{Date: other, Summary: "r", Title: "R", Link: l1, GUID: g2}, {Date: day, Summary: "s", Title: "S", Link: l1, GUID: l1}}},
		{"by GUID",
			[]Article{{Date: day, Summary: "s", GUID: g1}, {Date: day, Summary: "r", GUID: g1}},
			[]Article{{Date: day, Summary: "s", GUID: g1}}},
		{"a GUID that is another's link",
			[]Article{{Date: day, Summary: "s", Link: l1}, {Date: other, Summary: "r", GUID: l1}},
			[]Article{{Date: day, Summary: "s", Link: l1, GUID: l1}}},
		{"one with a text like the first's that is the second by link",
			[]Article{{Date: day, Summary: "s", GUID: g1}, {Date: day, Summary: "r", Link: l1, GUID: l1}, {Date: day, Summary: "s", Link: l1}},
			[]Article{{Date: day, Summary: "s", GUID: g1}, {Date: day, Summary: "s", Link: l1, GUID: l1}}},
		{"two that turn out to be one",
			[]Article{{Date: day, Summary: "s"}, {Date: day, Summary: "r", Link: l1, GUID: l1}, {Date: day, Summary: "s", Link: l1}},
			[]Article{{Date: day, Summary: "s", Link: l1, GUID: l1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var listings []Listing
			for _, a := range test.in {
				listings = append(listings, Listing{Articles: []Article{a}})
			}
			assert.Empty(t, cmp.Diff(test.want, Merge(listings...)))
			assert.Empty(t, cmp.Diff(test.want, Merge(Listing{Articles: test.in})))
		})
	}
}

// TestMergeTwins has articles of one day and summary with different titles.
func TestMergeTwins(t *testing.T) {
	day := Date{2024, 1, 29}
	one := Article{Date: day, Summary: "Sama.", Title: "Yksi"}
	two := Article{Date: day, Summary: "Sama.", Title: "Kaksi"}
	untitled := Article{Date: day, Summary: "Sama."}
	page := Listing{Articles: []Article{one, two, two, untitled}}
	merged := Merge(page)
	require.Len(t, merged, 2)
	assert.Equal(t, two.ID(), merged[1].ID(), "the last one keeps its ID")
	assert.NotEqual(t, two.ID(), merged[0].ID())
	assert.Empty(t, cmp.Diff(merged, Merge(page, page)))
	three := Article{Date: day, Summary: "Sama.", Title: "Kolme"}
	later := Merge(Listing{Articles: []Article{three, one, two}})
	assert.Empty(t, cmp.Diff(merged, later[1:]), "a new one moves no ID")
	assert.Empty(t, cmp.Diff([]Article{one}, Merge(Listing{Articles: []Article{one}}, Listing{Articles: []Article{two}})), "a title that has changed")
}

// TestMergeSharedLink has articles of one link with different titles.
func TestMergeSharedLink(t *testing.T) {
	const link = "https://www.vates.fi/lupa"
	one := Article{Date: Date{2024, 1, 30}, Title: "Yksi", Link: link}
	two := Article{Date: Date{2024, 1, 29}, Title: "Kaksi", Link: link}
	repeated := Article{Date: Date{2024, 1, 28}, Title: "Kaksi", Link: link}
	merged := Merge(Listing{Articles: []Article{one, two, repeated}})
	require.Len(t, merged, 3)
	assert.Equal(t, link, merged[2].ID(), "the last one keeps its ID")
	for _, a := range merged {
		assert.Equal(t, link, a.Link)
	}
	other := Listing{Articles: []Article{{Date: one.Date, Title: one.Title, Link: link, Summary: "S."}}}
	again := Merge(Listing{Articles: []Article{one, two, repeated}}, other)
	assert.Equal(t, "S.", again[0].Summary, "another page has one of them")
	assert.Empty(t, cmp.Diff(merged[1:], again[1:]))
	assert.Len(t, Merge(Listing{Articles: []Article{one}}, Listing{Articles: []Article{two}}), 1, "a title and a date that have changed")
}

// TestMergeAlways checks what holds for any listings: each ID comes once, in a
// stable order, and merging again changes nothing.
func TestMergeAlways(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		var listings []Listing
		for range 1 + r.IntN(3) {
			var l Listing
			for range r.IntN(8) {
				a := Article{Date: Date{2024, 1, 1 + r.IntN(2)}, Summary: fmt.Sprint(r.IntN(5)), Sections: []string{fmt.Sprint(r.IntN(2))}}
				if r.IntN(3) == 0 {
					a.Link = fmt.Sprint("https://www.vates.fi/", r.IntN(4))
				}
				if r.IntN(4) == 0 {
					a.GUID = fmt.Sprint("urn:x:", r.IntN(4))
				}
				if r.IntN(2) == 0 {
					a.Title = fmt.Sprint(r.IntN(3))
				}
				l.Articles = append(l.Articles, a)
			}
			listings = append(listings, l)
		}
		merged := Merge(listings...)
		ids := make(map[string]bool)
		for i, a := range merged {
			require.False(t, ids[a.ID()], "twice: %s", a.ID())
			ids[a.ID()] = true
			require.False(t, i > 0 && a.Date.Compare(merged[i-1].Date) > 0)
		}
		require.Empty(t, cmp.Diff(merged, Merge(Listing{Articles: merged})))
	}
}

func TestMergeLeavesInputAlone(t *testing.T) {
	a := Listing{Articles: []Article{{Date: Date{2024, 1, 1}, Summary: "s", Sections: append(make([]string, 0, 9), "A")}}}
	b := Listing{Articles: []Article{{Date: Date{2024, 1, 1}, Summary: "s", Sections: []string{"B"}}}}
	Merge(a, b)
	assert.Equal(t, []string{"A", ""}, a.Articles[0].Sections[:2])
}

func TestSelect(t *testing.T) {
	articles := []Article{
		{Date: Date{2024, 1, 29}, Summary: "A", Sections: []string{"Alueyhteistyö", "Aluepäättäjille"}},
		{Date: Date{2024, 1, 26}, Summary: "B", Sections: []string{"Aluepäättäjille"}},
		{Date: Date{2024, 1, 26}, Summary: "C", Sections: []string{"Blogi"}},
		{Date: Date{2024, 1, 25}, Summary: "D", Sections: []string{"Aluepäättäjille"}},
		{Date: Date{2024, 1, 24}, Summary: "E"},
	}
	for _, test := range []struct {
		name string
		s    Selection
		want string
	}{
		{"all", Selection{}, "ABCDE"},
		{"exact", Selection{Sections: []string{"Aluepäättäjille"}}, "ABD"},
		{"two", Selection{Sections: []string{"Blogi", "Alueyhteistyö"}}, "AC"},
		{"since", Selection{Since: Date{2024, 1, 26}}, "ABC"},
		{"until", Selection{Until: Date{2024, 1, 26}}, "BCDE"},
		{"one day", Selection{Since: Date{2024, 1, 25}, Until: Date{2024, 1, 25}}, "D"},
		{"only exactly", Selection{Sections: []string{"blogi"}}, ""},
		{"none", Selection{Since: Date{2025, 1, 1}}, ""},
	} {
		assert.Equal(t, test.want, summaries(Select(articles, test.s)), test.name)
	}

	for wanted, want := range map[string]string{
		"Aluepäättäjille":                  "Aluepäättäjille",
		"ALUEPÄÄTTÄJILLE":                  "Aluepäättäjille",
		norm.NFD.String("Aluepäättäjille"): "Aluepäättäjille",
		"Aluepaattajille":                  "Aluepäättäjille",
		" blogi":                           "Blogi",
	} {
		got, err := FindSections(articles, []string{wanted, wanted})
		require.NoError(t, err)
		assert.Equal(t, []string{want}, got)
	}
	_, err := FindSections(articles, []string{"blogi", "Bloki"})
	var unknown *UnknownSectionError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, &UnknownSectionError{"Bloki", []string{"Alueyhteistyö", "Aluepäättäjille", "Blogi"}}, unknown)
	assert.EqualError(t, err, `no section "Bloki"; there are: Alueyhteistyö, Aluepäättäjille, Blogi`)
	_, err = FindSections(nil, []string{"Blogi"})
	assert.EqualError(t, err, `no section "Blogi": no article is in any section`)

	assert.Equal(t, []Section{
		{"Alueyhteistyö", 1, Date{2024, 1, 29}},
		{"Aluepäättäjille", 3, Date{2024, 1, 29}},
		{"Blogi", 1, Date{2024, 1, 26}},
	}, Sections(articles))
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Aluepäättäjille":                "aluepaattajille",
		norm.NFD.String("Alueyhteistyö"): "alueyhteistyo",
		"  Työ & elämä – 2024! ":         "tyo-elama-2024",
		"Åbo":                            "abo",
		"Straße":                         "strasse",
		"../../etc/passwd":               "etc-passwd",
		"Вакансии":                       Slug("ВАКАНСИИ"),
	} {
		assert.Equal(t, want, Slug(name))
	}
	assert.Regexp(t, `^osio-[0-9a-f]{8}$`, Slug("Вакансии"))
	assert.NotEqual(t, Slug("Вакансии"), Slug("Новости"))
	assert.Regexp(t, `^osio-[0-9a-f]{8}$`, Slug(""))
}

// TestMergeRich has two listings of which each has what the other lacks.
func TestMergeRich(t *testing.T) {
	plain := Article{Date: Date{2024, 1, 29}, Summary: "S.", Link: "https://www.vates.fi/a"}
	rich := plain
	rich.Content, rich.Image, rich.Authors = "<p>S.</p>", Image{URL: "https://www.vates.fi/k.jpg", Alt: "K"}, []string{"Maija"}
	for _, articles := range [][]Article{{plain, rich}, {rich, plain}} {
		assert.Equal(t, []Article{rich}, Merge(Listing{Articles: articles[:1]}, Listing{Articles: articles[1:]}))
	}
}
