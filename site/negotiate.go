package site

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
)

// acceptsGzip reports whether the client accepts gzip (RFC 9110, section 12.5.3).
func acceptsGzip(h http.Header) bool {
	accepts := false
	for _, list := range h["Accept-Encoding"] {
		for part := range strings.SplitSeq(list, ",") {
			switch coding, q := quality(part); strings.ToLower(coding) {
			case "gzip", "x-gzip":
				return q > 0
			case "*":
				accepts = q > 0
			}
		}
	}
	return accepts
}

// accepted returns the extension of the file that an Accept header asks for (RFC
// 9110, section 12.5.1). Clients that accept anything get RSS.
func accepted(values []string) string {
	endings := []struct{ mediaType, ending string }{
		{"application/rss+xml", "rss"},
		{"application/atom+xml", "atom"},
		{"application/feed+json", "json"},
		{"application/json", "json"},
		{"text/html", "html"},
		{"application/xml", "rss"},
		{"text/xml", "rss"},
	}
	best, bestQ := "", 0.0
	refused := make(map[string]bool)
	for _, list := range values {
		for part := range strings.SplitSeq(list, ",") {
			mediaType, q := quality(part)
			for _, e := range endings {
				if !strings.EqualFold(mediaType, e.mediaType) {
					continue
				}
				if q == 0 {
					refused[e.ending] = true
				} else if q > bestQ {
					best, bestQ = e.ending, q
				}
			}
		}
	}
	for _, ending := range []string{"rss", "atom", "json", "html"} {
		if best == "" && !refused[ending] {
			best = ending
		}
	}
	return cmp.Or(best, "rss")
}

// quality splits an element of an Accept header into its value and its weight.
func quality(s string) (value string, q float64) {
	value, params, _ := strings.Cut(s, ";")
	q = 1
	for p := range strings.SplitSeq(params, ";") {
		if weight, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(p)), "q="); ok {
			var err error
			if q, err = strconv.ParseFloat(weight, 64); err != nil || !(0 <= q && q <= 1) {
				q = 0
			}
		}
	}
	return strings.TrimSpace(value), q
}

// acceptsHTML reports whether the Accept header names HTML. */* does not count.
func acceptsHTML(h http.Header) bool {
	for _, list := range h["Accept"] {
		for part := range strings.SplitSeq(list, ",") {
			if mediaType, q := quality(part); strings.EqualFold(mediaType, "text/html") && q > 0 {
				return true
			}
		}
	}
	return false
}
