package match

import "strings"

// A Verdict says how far to trust a page as it was read. The zero Verdict means:
// take all entries, and clear Listed of the records that the page does not have.
type Verdict struct {
	// Failed: records were listed, and the page has no record at all; or the page
	// is empty, and there are records. Take nothing.
	Failed bool

	// Gaps: of the listed records, more are missing that are newer than the
	// page's last entry than the page has. Take new entries, but clear Listed of
	// no record.
	Gaps bool

	// Short: the page has fewer than half of the listed records. Clear Listed of
	// no record.
	Short bool

	// Cut: the page may end within its last entry. If that entry has no record,
	// leave it out; else pass cut to Merge.
	Cut bool
}

// Judge returns the verdict on a page, given what Match found. The entries are in
// the order of the page, newest first.
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
	torn := found[last] >= 0 // the last entry may be the beginning of a known article
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

// Merge updates an article from its present entry on the page: it returns now
// with the ID of old. These fields of now do not replace those of old: an empty
// one; a shorter title or text that ends in "…" or "..." and is a part of the old
// one; and, if the entry may be cut, any shorter title or text.
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

// contains reports whether a text begins with another, or contains 0.9 of it.
func contains(text, part string) bool {
	text, part = plain(text), plain(part)
	grams := gramSet(part)
	return strings.HasPrefix(text, part) || float64(common(gramSet(text), grams)) >= 0.9*float64(max(1, len(grams)))
}
