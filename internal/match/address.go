package match

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// tracking lists query parameters that usually only serve to track visitors, in
// addition to those of weburl.IsTracking. Links keep them, as some site may need
// them.
var tracking = []string{"ref", "source", "msclkid", "mc_cid", "mc_eid"}

// address returns the part of a URL that identifies an article: host, path and
// query, without what step 2 of the package's rule leaves out.
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	a := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.Path, "/")
	a = strings.TrimSuffix(strings.TrimSuffix(a, ".html"), "/index")
	query := u.Query()
	for key := range query {
		if weburl.IsTracking(key) || slices.Contains(tracking, strings.ToLower(key)) {
			query.Del(key)
		}
	}
	if len(query) > 0 {
		a += "?" + query.Encode() // sorted
	}
	return a
}

// slug returns the last part of an address's path, with the query, or "" if
// there is no path.
func slug(address string) string {
	p, query, _ := strings.Cut(address, "?")
	if !strings.Contains(p, "/") {
		return query
	}
	return path.Base(p) + query
}
