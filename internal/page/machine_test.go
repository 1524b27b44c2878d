package page

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHead has a page whose address is unknown, but which gives it.
func TestHead(t *testing.T) {
	listings, err := Parse("test", []byte(`<head><title>B</title><link rel=canonical href="https://www.example.org/b/"><meta property="og:site_name" content="Säätiö"></head>
		<h1>B</h1><ul><li>1.1.2024 <a href=a>Aa</a></li><li>2.1.2024 <a href=/c>Cc</a></li></ul>`), nil)
	require.NoError(t, err)
	assert.Equal(t, "Säätiö", listings[0].Site)
	assert.Equal(t, "https://www.example.org/b/a", listings[0].Articles[0].Link)
	assert.Equal(t, "https://www.example.org/c", listings[0].Articles[1].Link)
	listings, err = Parse("test", []byte(`<base href="/d/"><h1>B</h1><ul><li>1.1.2024 <a href=a>Aa</a></li><li>2.1.2024 Bb</li></ul>`), address)
	require.NoError(t, err)
	assert.Equal(t, "https://www.vates.fi/d/a", listings[0].Articles[0].Link)
}

// TestStructured has entries of which the page says more for machines.
func TestStructured(t *testing.T) {
	const data = `<script type="application/ld+json">{"@graph": [
		{"@type": "BlogPosting", "headline": "Aa", "datePublished": "2024-01-01", "url": "/a", "author": [{"name": "Maija Mäki"}, {"name": "Liisa Laine"}]},
		{"@type": "BlogPosting", "headline": "Bb", "datePublished": "2024-01-02", "mainEntityOfPage": "/b", "description": "Teksti.", "author": {"name": "Matti"}},
		{"@type": "BlogPosting", "headline": "Cc", "datePublished": "2024-01-03T22:30:00Z", "mainEntityOfPage": {"@id": "/c"}},
		{"@type": "BlogPosting", "headline": "Dd", "datePublished": "2024-01-09", "url": "/d"}]}</script>`
	assert.Equal(t, "# B/B\n1.1. Aa|Kuva: tästä </a> by Maija Mäki, Liisa Laine\n2.1. Bb|Teksti. </b> by Matti\n3.1. Cc| </c>\n4.1. Dd|",
		said(`<h1>B</h1><ul><li>1.1.2024<p>Kuva: <a href=/a>tästä</a></li><li>2.1.2024<h3>Bb</h3></li><li>3.1.2024<h3>Cc</h3></li><li>4.1.2024<h3>Dd</h3></li></ul>`+data))
	assert.Equal(t, "# B/B\n1.1. Aa| </a> by Maija Mäki, Liisa Laine\n2.1. Bb|Teksti. </b> by Matti\n4.1. Cc| </c>\n9.1. Dd| </d>", said(`<h1>B</h1>`+data))
	assert.Equal(t, "# B/B\n9.1. Dd| </d>", said(`<body><h1>B</h1><ul><li><a href=/d>Dd</a></li></ul><footer><h2>Tulossa</h2><ul><li>1.5.2024 Xx</li><li>2.5.2024 Yy</li><li>3.5.2024 Zz</li></ul></footer><script type="application/ld+json">{"@type": "BlogPosting", "headline": "Dd", "datePublished": "2024-01-09", "url": "/d"}</script></body>`))
	const weekly = `<script type="application/ld+json">[{"@type": "BlogPosting", "headline": "Aa", "datePublished": "2024-01-01", "url": "/a"},
		{"@type": "BlogPosting", "headline": "Aa", "datePublished": "2024-01-02", "url": "/b"}]</script>`
	assert.Equal(t, "# B/B\n3.1. Aa|\n2.1. Aa| </b>\n1.1. Aa| </a>", said(`<h1>B</h1><ul><li>3.1.2024<h3>Aa</h3></li><li>2.1.2024<h3>Aa</h3></li><li>1.1.2024<h3>Aa</h3></li></ul>`+weekly))
}
