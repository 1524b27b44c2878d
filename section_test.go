package vatesfeed

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

func TestSelect(t *testing.T) {
	articles := []Article{
		{Date: Day(2024, 1, 29), Summary: "A", Sections: []string{"Alueyhteistyö", "Aluepäättäjille"}},
		{Date: Day(2024, 1, 26), Summary: "B", Sections: []string{"Aluepäättäjille"}},
		{Date: Day(2024, 1, 26), Summary: "C", Sections: []string{"Blogi"}},
		{Date: Day(2024, 1, 25), Summary: "D", Sections: []string{"Aluepäättäjille"}},
		{Date: Day(2024, 1, 24), Summary: "E"},
	}
	for _, test := range []struct {
		name string
		s    Selection
		want string
	}{
		{"all", Selection{}, "ABCDE"},
		{"exact", Selection{Sections: []string{"Aluepäättäjille"}}, "ABD"},
		{"case", Selection{Sections: []string{"ALUEPÄÄTTÄJILLE"}}, "ABD"},
		{"decomposed", Selection{Sections: []string{norm.NFD.String("Aluepäättäjille")}}, "ABD"},
		{"slug", Selection{Sections: []string{"aluepaattajille"}}, "ABD"},
		{"two", Selection{Sections: []string{"blogi", "Alueyhteistyö"}}, "AC"},
		{"since", Selection{Since: Day(2024, 1, 26)}, "ABC"},
		{"until", Selection{Until: Day(2024, 1, 26)}, "BCDE"},
		{"until, later in the day", Selection{Until: Day(2024, 1, 26).Add(3600e9)}, "BCDE"},
		{"one day", Selection{Since: Day(2024, 1, 25), Until: Day(2024, 1, 25)}, "D"},
		{"newest", Selection{Limit: 2}, "AB"},
		{"newest of a section", Selection{Sections: []string{"blogi"}, Limit: 2}, "C"},
		{"none", Selection{Since: Day(2025, 1, 1)}, ""},
	} {
		got, err := Select(articles, test.s)
		require.NoError(t, err)
		assert.Equal(t, test.want, summaries(got), test.name)
	}

	_, err := Select(articles, Selection{Sections: []string{"blogi", "Bloki"}})
	var unknown *UnknownSectionError
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, &UnknownSectionError{"Bloki", []string{"Alueyhteistyö", "Aluepäättäjille", "Blogi"}}, unknown)
	assert.EqualError(t, err, `no section "Bloki"; there are: Alueyhteistyö, Aluepäättäjille, Blogi`)
	_, err = Select(nil, Selection{Sections: []string{"Blogi"}})
	assert.EqualError(t, err, `no section "Blogi": no article is in any section`)

	assert.Equal(t, []Section{
		{"Alueyhteistyö", 1, Day(2024, 1, 29)},
		{"Aluepäättäjille", 3, Day(2024, 1, 29)},
		{"Blogi", 1, Day(2024, 1, 26)},
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
