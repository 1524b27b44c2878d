package site

import (
	"cmp"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
)

// maxPictureHosts is how many hosts the pictures of a page may come from.
const maxPictureHosts = 10

// hostSource matches a scheme and host as a Content-Security-Policy may name them
// (Content Security Policy Level 3, section 2.3.1).
var hostSource = regexp.MustCompile(`^https?://[a-zA-Z0-9.-]+(:[0-9]+)?$`)

// pictureHosts returns the schemes and hosts of the articles' pictures, those of the
// most pictures first.
func pictureHosts(articles []vatesfeed.Article) []string {
	counts := make(map[string]int)
	for _, a := range articles {
		if host := pictureHost(a); host != "" {
			counts[host]++
		}
	}
	hosts := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
	return hosts[:min(len(hosts), maxPictureHosts)]
}

// pictureHost returns the scheme and host of an article's picture, or "".
func pictureHost(a vatesfeed.Article) string {
	if a.Image.URL == "" {
		return ""
	}
	u, err := url.Parse(a.Image.URL)
	if err != nil || !hostSource.MatchString(u.Scheme+"://"+u.Host) {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// securityPolicy returns the Content-Security-Policy of pages with pictures from
// some hosts.
func securityPolicy(hosts []string) string {
	images := strings.Join(append([]string{"'self'"}, hosts...), " ")
	return "default-src 'none'; style-src 'self'; script-src 'self'; img-src " + images + "; connect-src 'self'; base-uri 'none'; form-action 'none'"
}
