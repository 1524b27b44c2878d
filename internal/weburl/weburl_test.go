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
	base, _ := url.Parse("https://www.vates.fi/a/b/")
	assert.Equal(t, `https://www.vates.fi/a/c/d.html?e=\f`, Clean(base, `..\c\d.html?e=\f#g`))
}

func TestRedact(t *testing.T) {
	for s, want := range map[string]string{
		"https://example.org/a@b:c":                      "https://example.org/a@b:c",
		"https://user@example.org/":                      "https://user@example.org/",
		"https://u:secret@example.org/":                  "https://u:xxxxx@example.org/",
		"ftp://u:secret@h":                               "ftp://u:xxxxx@h",
		"//u:secret@h/x":                                 "//u:xxxxx@h/x",
		"http://u:secret@h:port/":                        "http://u:xxxxx@h:port/",
		"http://u:secret@[::1/":                          "http://u:xxxxx@[::1/",
		"http://u:s%zzecret@h/":                          "http://u:xxxxx@h/",
		"http://u:sec/ret@h/":                            "http://u:xxxxx@h/",
		"http://u:sec ret?@h/":                           "http://u:xxxxx@h/",
		"http://u:s@cret@h/":                             "http://u:xxxxx@h/",
		"http://[::1]:80/a@b":                            "http://[::1]:80/a@b",
		"http://127.0.0.1:80:15: mail a@example.org":     "http://127.0.0.1:80:15: mail a@example.org",
		"two: http://a:secret@h/, \"http://b:secret@h\"": "two: http://a:xxxxx@h/, \"http://b:xxxxx@h\"",
		"plain // text: a@b":                             "plain // text: a@b",
		"":                                               "",
	} {
		assert.Equal(t, want, Redact(s), s)
	}
}

func TestParse(t *testing.T) {
	for s, want := range map[string]string{
		"http://u:secret@h:secret/": "not a URL: invalid port",
		"http://u:secret%zz@h/":     "not a URL: invalid URL escape",
		"http://u:secret@[::1/":     "not a URL: missing ']' in host",
		"http://u:sec/ret@h/":       "not a URL: invalid port",
		"http://u:sec ret@h/":       "not a URL: invalid userinfo",
	} {
		_, err := Parse(s)
		assert.EqualError(t, err, want, s)
	}
	u, err := Parse("https://example.org/")
	assert.NoError(t, err)
	assert.Equal(t, "example.org", u.Host)
}
