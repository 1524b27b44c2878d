package match

import "strings"

// A Verdict says what to take from a reading of a page. Of the zero value, take
// all, and clear Listed of the records that it does not have.
type Verdict struct {
	// Failed: it has none of the records that were listed, nor any other.
	// Take nothing.
	Failed bool

	// Gaps: it goes on to older entries, and lacks more of the newer records
	// that were listed than it has. Take what is new, but drop nothing.
	Gaps bool

	// Short: it has fewer than half of the records that were listed. Clear
	// Listed of none.
	Short bool

	// Cut: it may end within its last entry. If that has no record, leave it
	// out; else tell Merge.
	Cut bool
}

// Judge says how far to trust a reading, given what Match found. The entries
// are in the order of the page, newest first.
func Judge(records []Record, entries []Entry, found []int) Verdict {
	if len(entries) == 0 {
		return Verdict{Failed: len(records) > 0}
	}
	last := len(entries) - 1
	has := make([]bool, len(records))
	known := false
	for _, r := range found {
		if r >= 0 {
			has[r], known = true, true
		}
	}
	still, gone, newer := 0, 0, 0
	torn := found[last] >= 0 // the last entry may be the beginning of one that is gone
	for i, r := range records {
		switch {
		case !r.Listed:
		case has[i]:
			still++
		default:
			gone++
			if r.Day > entries[last].Day {
				newer++
			}
			torn = torn || r.Day == entries[last].Day
		}
	}
	if !known {
		return Verdict{Failed: gone > 0}
	}
	return Verdict{Gaps: newer > still, Short: gone > still, Cut: gone > 0 && torn}
}

// Merge returns the entry to show of an article that a page now shows
// otherwise: under the old ID, what the page says now. An empty field replaces
// nothing, nor does a title or text that ends in "…" or "..." and is of the old
// one, nor, if the entry may be cut, any that is shorter.
func Merge(old, now Entry, cut bool) Entry {
	now.ID = old.ID
	now.Title = mend(old.Title, now.Title, cut)
	now.Text = mend(old.Text, now.Text, cut)
	if now.URL == "" {
		now.URL = old.URL
	}
	return now
}

func mend(old, now string, cut bool) string {
	head, ellipsis := whole(now)
	if now == "" || len(now) < len(old) && (cut || ellipsis && contains(old, head)) {
		return old
	}
	return now
}

// whole returns s without an ellipsis at its end, and whether it had one.
func whole(s string) (head string, ellipsis bool) {
	head = strings.TrimSuffix(strings.TrimSuffix(s, "…"), "...")
	return strings.TrimRight(head, " "), head != s
}

// contains reports whether a text has the beginning or 0.9 of another.
func contains(text, part string) bool {
	text, part = plain(text), plain(part)
	grams := gramSet(part)
	return strings.HasPrefix(text, part) || float64(common(gramSet(text), grams)) >= 0.9*float64(max(1, len(grams)))
}
