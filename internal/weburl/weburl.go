// Package weburl checks, resolves and cleans http and https URLs.
package weburl

import (
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Is reports whether u is an absolute http or https URL.
func Is(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// Resolve resolves a reference against a base URL, which is nil if it is not
// known. An absolute URL is returned as it is written, and so is a reference that
// cannot be resolved.
func Resolve(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	u, err := url.Parse(ref)
	if err != nil || u.IsAbs() || base == nil || ref == "" {
		return ref
	}
	return base.ResolveReference(u).String()
}

// Absolute returns a reference as an absolute http or https URL, without user
// name, password and tracking parameters. The base is nil if it is not known.
// Absolute returns "" if the reference is anything else.
func Absolute(base *url.URL, ref string) string {
	if u := absolute(base, ref); u != nil {
		return u.String()
	}
	return ""
}

func absolute(base *url.URL, ref string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil {
		return nil
	}
	if base != nil && !u.IsAbs() && strings.TrimSpace(ref) != "" {
		u = base.ResolveReference(u)
	}
	if !Is(u) || asciiHost(u) != nil {
		return nil
	}
	u.User = nil
	if u.RawQuery != "" {
		params := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(param string) bool {
			key, _, _ := strings.Cut(param, "=")
			return IsTracking(key)
		})
		u.RawQuery = strings.Join(params, "&")
	}
	return u
}

// Clean is Absolute for the links of a page. It removes the fragment, which only
// points to a part of an article, and takes \ for /, as browsers do (WHATWG URL,
// section 4.4).
func Clean(base *url.URL, ref string) string {
	ref, _, _ = strings.Cut(ref, "#")
	path, query, hasQuery := strings.Cut(ref, "?")
	if ref = strings.ReplaceAll(path, `\`, "/"); hasQuery {
		ref += "?" + query
	}
	u := absolute(base, ref)
	if u == nil {
		return ""
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// IsTracking reports whether a query parameter of this name only serves to track
// visitors, on any site.
func IsTracking(key string) bool {
	key = strings.ToLower(key)
	return strings.HasPrefix(key, "utm_") || key == "fbclid" || key == "gclid"
}

// Public returns an absolute http or https URL in the form for feeds: with the
// host in ASCII (RFC 3986) and without a fragment. A URL with a user name or a
// password is an error.
func Public(s string) (string, error) {
	u, err := Parse(s)
	if err != nil {
		return "", err
	}
	if !Is(u) {
		return "", errors.New("write a whole URL, such as https://feeds.example.org/")
	}
	if u.User != nil {
		return "", errors.New("a public URL has no password")
	}
	if err := asciiHost(u); err != nil {
		return "", err
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), nil
}

// asciiHost converts the host of u to ASCII, as RFC 3986 requires.
func asciiHost(u *url.URL) error {
	if strings.IndexFunc(u.Host, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return nil
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil {
		return err
	}
	if port := u.Port(); port != "" {
		host = net.JoinHostPort(host, port)
	}
	u.Host = host
	return nil
}

// Parse is url.Parse, but its errors do not quote the URL: in a malformed one, the
// password may be anywhere.
func Parse(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err == nil {
		return u, nil
	}
	reason, _, _ := strings.Cut(Cause(err).Error(), `"`)
	return nil, errors.New("not a URL: " + strings.TrimSpace(strings.TrimPrefix(reason, "net/url: ")))
}

// Cause returns an error without the method and the URL that packages url and http
// put before it.
func Cause(err error) error {
	if inURL := (*url.Error)(nil); errors.As(err, &inURL) {
		return inURL.Err
	}
	return err
}

// Redact returns a text, such as a URL, with "xxxxx" in place of the passwords of
// all URLs in it, well-formed or not. Where it is not clear how far a password
// goes, Redact replaces more rather than less.
func Redact(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "//")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteString("//")
		next := len(rest)
		if i := strings.Index(rest, "://"); i >= 0 {
			next = i
		}
		if i := strings.IndexByte(rest[:next], '\n'); i >= 0 {
			next = i
		}
		end := next
		if i := strings.IndexAny(rest[:next], "/?#\"<> \t"); i >= 0 {
			end = i
		}
		colon := strings.IndexByte(rest[:end], ':')
		at := strings.LastIndexByte(rest[:end], '@')
		if at < 0 && colon >= 0 && rest[0] != '[' && strings.Trim(rest[colon:end], ":0123456789") != "" {
			at = strings.LastIndexByte(rest[:next], '@') // a password may have what ends a host
		}
		if colon >= 0 && colon < at {
			b.WriteString(rest[:colon] + ":xxxxx")
			rest = rest[at:]
		}
		s = rest
	}
}
