package weburl

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAbsolute(t *testing.T) {
	base, _ := url.Parse("https://www.vates.fi/vates/artikkelit")
	for ref, want := range map[string]string{
		"/a":                                "https://www.vates.fi/a",
		"b?x=1&utm_source=y&z=%C3%A4":       "https://www.vates.fi/vates/b?x=1&z=%C3%A4",
		"?utm_source=y":                     "https://www.vates.fi/vates/artikkelit",
		"https://user:pass@example.org/#a":  "https://example.org/#a",
		"//example.org":                     "https://example.org",
		"https://työ.fi:8080/":              "https://xn--ty-gka.fi:8080/",
		"/a?fbclid=1&GCLID=2":               "https://www.vates.fi/a",
		"mailto:a@example.org":              "",
		"javascript:alert(1)":               "",
		"JAVASCRIPT:alert(1)":               "",
		"data:text/html,x":                  "",
		"ftp://example.org/":                "",
		"http://[":                          "",
		"https:":                            "",
		"/ä ö":                              "https://www.vates.fi/%C3%A4%20%C3%B6",
		"https://www.vates.fi/a?b=c&d=e#f":  "https://www.vates.fi/a?b=c&d=e#f",
		"https://www.vates.fi/a?q=utm_x&b;": "https://www.vates.fi/a?q=utm_x&b;",
	} {
		assert.Equal(t, want, Absolute(base, ref), ref)
	}
}

func TestClean(t *testing.T) {
	assert.Equal(t, "https://www.vates.fi/a?b=c", Clean(nil, "https://www.vates.fi/a?utm_source=x&b=c#d"))
	assert.Equal(t, "", Clean(nil, "#d"))
}
