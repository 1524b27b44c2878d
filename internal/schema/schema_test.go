package schema

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/vatesfeed/vatesfeed"
)

func TestArticles(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		want   []Article
	}{
		"all": {`{"@type":"NewsArticle","headline":" A &amp; B ","description":"<p>C</p>","url":"/a","datePublished":"2024-01-29","author":"Maija","publisher":{"name":"Vates"},"image":"/k.jpg"}`,
			[]Article{{Headline: "A & B", Description: "<p>C</p>", URL: "/a", Published: "2024-01-29", Authors: []string{"Maija"}, Publisher: "Vates", Image: vatesfeed.Image{URL: "/k.jpg"}}}},
		"list":        {`{"@type":"ItemList","itemListElement":[{"item":{"@type":"Article","name":"A"}},{"item":{"@type":["Thing","BlogPosting"],"headline":"B"}}]}`, []Article{{Headline: "A"}, {Headline: "B"}}},
		"page as URL": {`[{"@type":"Article","mainEntityOfPage":"/a"},{"@type":"Article","mainEntityOfPage":{"@id":"/b"}},{"@type":"Article","mainEntityOfPage":{"url":"/c"}}]`, []Article{{URL: "/a"}, {URL: "/b"}, {URL: "/c"}}},
		"references": {`{"@graph":[{"@type":"Article","author":[{"@id":"m"},{"@id":"?"}],"image":[{"@id":"i"}],"publisher":{"@id":"p"}},{"@id":"m","name":"Maija"},{"@id":"i","contentUrl":"/k","width":"3px","height":{"value":2},"caption":"K &lt;"},{"@id":"p","name":"Vates"}]}`,
			[]Article{{Authors: []string{"Maija"}, Publisher: "Vates", Image: vatesfeed.Image{URL: "/k", Width: 3, Height: 2, Alt: "K <"}}}},
		"in itself":   {`{"@id":"a","@type":"Article","author":{"@id":"a"},"headline":"A"}`, []Article{{Headline: "A"}}},
		"other types": {`{"@type":"Person","name":"Maija","@graph":[1,null,"x",{"@type":{"a":1}}]}`, nil},
		"no JSON":     {`{"@type":"Article"`, nil},
		"nested":      {strings.Repeat("[", maxDepth+1) + `{"@type":"Article","headline":"A"}` + strings.Repeat("]", maxDepth+1), nil},
		"long":        {`{"@type":"Article","headline":"` + strings.Repeat("A", maxScript) + `"}`, nil},
		"long name":   {`{"@type":"Article","author":"` + strings.Repeat("M", MaxName+1) + `"}`, []Article{{}}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, Articles([]string{test.script})) })
	}
	many := Articles([]string{`{"@type":"Article","author":[` + strings.Repeat(`"Maija",`, 100) + `"Maija"]}`})
	assert.Len(t, many[0].Authors, MaxAuthors)
}
