// Package weburl holds what this module asks of URLs on the web.
package weburl

import (
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// Is reports whether u is an absolute http or https URL.
func Is(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// Clean returns a reference as an article's link: an absolute http or https
// URL, without a password and without the parameters that only tell one visit
// from another. A nil base stands for an unknown one. Clean returns "" for
// anything else.
func Clean(base *url.URL, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if !Is(u) {
		return ""
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	if u.RawQuery != "" {
		params := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(p string) bool {
			key, _, _ := strings.Cut(strings.ToLower(p), "=")
			return strings.HasPrefix(key, "utm_") || key == "fbclid" || key == "gclid"
		})
		u.RawQuery = strings.Join(params, "&")
		u.ForceQuery = false
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// Public returns an absolute http or https URL in the form that feeds need it:
// with the host in ASCII (RFC 3986) and without a fragment. A password is an
// error.
func Public(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil {
		return "", err
	}
	if !Is(u) {
		return "", errors.New("write a whole URL, such as https://feeds.example.org/")
	}
	if u.User != nil {
		return "", errors.New("a public URL has no password")
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil {
		return "", err
	}
	if port := u.Port(); port != "" {
		host = net.JoinHostPort(host, port)
	}
	u.Host = host
	u.Fragment, u.RawFragment = "", ""
	return u.String(), nil
}

// Redact returns a URL, well-formed or not, without its password.
func Redact(s string) string {
	start := strings.Index(s, "//")
	if start < 0 {
		return s
	}
	start += len("//")
	end := len(s)
	if i := strings.IndexAny(s[start:], "/?#"); i >= 0 {
		end = start + i
	}
	at := strings.LastIndexByte(s[start:end], '@')
	colon := strings.IndexByte(s[start:end], ':')
	if at < 0 || colon < 0 || colon > at {
		return s
	}
	return s[:start+colon] + ":xxxxx" + s[start+at:]
}
