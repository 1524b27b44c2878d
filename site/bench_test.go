package site

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// nowhere is a response that is thrown away.
type nowhere struct{ header http.Header }

func (w *nowhere) Header() http.Header         { return w.header }
func (w *nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (w *nowhere) WriteHeader(int)             {}

// BenchmarkHandler answers from memory: with all of a feed, with that
// compressed, and with the news that the client has it.
func BenchmarkHandler(b *testing.B) {
	h := &Handler{}
	publish(b, h, realArticles(), Options{BaseURL: base})
	f := h.published.Load().files["aluepaattajille.rss"]
	for name, headers := range map[string]http.Header{
		"full": {},
		"gzip": {"Accept-Encoding": {"gzip"}},
		"304":  {"If-None-Match": f.plain.tag},
	} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("GET", "/"+f.Name, nil)
			r.Header = headers
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(&nowhere{make(http.Header)}, r)
			}
		})
	}
}
