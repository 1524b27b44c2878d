package match

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

var large = flag.Bool("large", false, "simulate at full size, and print the tables")

// A story is an article as its editors know it: it stays itself through every
// edit.
type story struct {
	number      int
	day         Day
	title, text string
	slug        string
	lost        bool // nothing of it was left to know it by, at some time
}

// A site is a page with articles, newest first, and how it links to them.
type site struct {
	*rand.Rand
	stories []*story // on the page
	gone    []*story // that left it
	all     []*story
	links   bool
	scheme  string
	host    string
	dir     string
	suffix  string // of each link
	teaser  int    // characters that are shown of each summary, or 0 for all
	cut     int    // how many entries of the page arrive the next time, or 0 for all
	down    bool   // for maintenance, the next time
	next    int
	slugs   map[string]int // how often each was given
	today   Day
}

func newSite(seed uint64, links bool, n int) *site {
	s := &site{Rand: rand.New(rand.NewPCG(seed, 14)), links: links, scheme: "http", host: "www.saatio.example", dir: "/artikkelit/", today: 700, slugs: map[string]int{}}
	for range n {
		s.publish()
	}
	return s
}

func (s *site) write() *story {
	s.next++
	t := &story{number: s.next, day: s.today, text: summary(s.Rand)}
	s.all = append(s.all, t)
	if s.links || s.IntN(5) > 0 {
		t.title = heading(s.Rand)
	}
	t.slug = s.slugOf(t.title)
	return t
}

// slugOf makes the last part of an address of a title.
func (s *site) slugOf(title string) string {
	slug := strings.NewReplacer("ä", "a", "ö", "o", "å", "a", ":", "", ",", "", " ", "-").Replace(strings.ToLower(title))
	if s.slugs[slug]++; s.slugs[slug] > 1 {
		return fmt.Sprintf("%s-%d", slug, s.slugs[slug])
	}
	return slug
}

func (s *site) publish() {
	if s.IntN(3) > 0 {
		s.today += Day(1 + s.IntN(5))
	}
	s.put(s.write())
}

// put adds a story to the page, above those of its day and before.
func (s *site) put(t *story) {
	i := slices.IndexFunc(s.stories, func(o *story) bool { return o.day <= t.day })
	if i < 0 {
		i = len(s.stories)
	}
	s.stories = slices.Insert(s.stories, i, t)
}

const madeUp = -1 // what is no story's

// read returns what a reader of the page gets, and of which story each entry
// is.
func (s *site) read() (entries []Entry, stories []int) {
	if s.down {
		s.down = false
		return []Entry{{Day: s.today, Title: "Huoltokatko", Text: "Sivusto on huollossa. Palaamme pian."}}, []int{madeUp}
	}
	for _, t := range s.stories {
		e := Entry{Day: t.day, Title: t.title, Text: t.text}
		if s.teaser > 0 {
			e.Text = cutAt(e.Text, s.teaser)
		}
		if s.links {
			e.URL = s.scheme + "://" + s.host + s.dir + t.slug + s.suffix
		}
		entries = append(entries, e)
		stories = append(stories, t.number)
	}
	if n := s.cut; n > 0 {
		s.cut = 0
		entries, stories = entries[:n], stories[:n]
		last := &entries[n-1]
		if text := []rune(last.Text); s.IntN(6) > 0 { // mostly in the text
			last.Text = strings.TrimSpace(string(text[:1+s.IntN(len(text)-1)]))
			if !s.links { // where the title stands below the text
				last.Title = ""
			}
		}
	}
	return entries, stories
}

func exactID(e *Entry) string {
	if e.URL != "" {
		return e.URL
	}
	if e.Text == "" {
		return fmt.Sprint(e.Day, e.Title)
	}
	return fmt.Sprint(e.Day, e.Text)
}

// An edit changes the page and returns the stories that it touched.
type edit struct {
	name string
	do   func(s *site) []*story
}

// one makes an edit of a change to one story. It touches none if the change
// changes nothing.
func one(name string, change func(s *site, t *story)) edit {
	return edit{name, func(s *site) []*story {
		t := s.stories[s.IntN(len(s.stories))]
		before := *t
		change(s, t)
		if *t == before {
			return nil
		}
		if t.day != before.day {
			s.stories = slices.DeleteFunc(s.stories, func(o *story) bool { return o == t })
			s.put(t)
		}
		return []*story{t}
	}}
}

// every makes an edit of a change to the page.
func every(name string, change func(s *site)) edit {
	return edit{name, func(s *site) []*story {
		change(s)
		return s.stories
	}}
}

var edits = []edit{
	one("typo mended", func(s *site, t *story) { t.text = mended(s.Rand, t.text) }),
	one("summary extended", func(s *site, t *story) { t.text += " " + sentence(s.Rand) }),
	one("summary shortened", func(s *site, t *story) {
		if parts := sentences(t.text); len(parts) > 1 {
			t.text = strings.TrimSpace(strings.Join(parts[:1+s.IntN(len(parts)-1)], ""))
		}
	}),
	one("summary begins anew", func(s *site, t *story) {
		parts := sentences(t.text)
		parts[0] = sentence(s.Rand) + " "
		t.text = strings.TrimSpace(strings.Join(parts, ""))
	}),
	one("summary rewritten from its second sentence on", func(s *site, t *story) {
		t.text = strings.TrimSpace(sentences(t.text)[0]) + " " + summary(s.Rand)
	}),
	one("summary rewritten", func(s *site, t *story) {
		t.text = summary(s.Rand)
		t.lost = t.lost || t.title == "" && !s.links
	}),
	one("date corrected", func(s *site, t *story) {
		if t.day += Day(1 + s.IntN(9)); s.IntN(2) == 0 {
			t.day -= Day(10 + s.IntN(2))
		}
	}),
	one("title added or changed", func(s *site, t *story) { t.title = heading(s.Rand) }),
	one("typo in title mended", func(s *site, t *story) {
		if t.title != "" {
			t.title = mended(s.Rand, t.title)
		}
	}),
	one("slug changed", func(s *site, t *story) { t.slug = s.slugOf(heading(s.Rand)) }),
	one("title and slug changed", func(s *site, t *story) {
		t.title = heading(s.Rand)
		t.slug = s.slugOf(t.title)
	}),
	one("title, slug and typo", func(s *site, t *story) {
		t.title = heading(s.Rand)
		t.slug = s.slugOf(t.title)
		t.text = mended(s.Rand, t.text)
	}),
	every("http to https", func(s *site) { s.scheme = swap(s.scheme, "http", "https") }),
	every("slash", func(s *site) { s.suffix = swap(s.suffix, "/", "") }),
	every("www", func(s *site) { s.host = swap(s.host, "www.saatio.example", "saatio.example") }),
	every("?ref=", func(s *site) { s.suffix = swap(s.suffix, "?ref=etusivu", "") }),
	every("path", func(s *site) { s.dir = swap(s.dir, "/artikkelit/", "/ajankohtaista/blogi/") }),
	every("domain", func(s *site) { s.host = swap(s.host, "saatio.example", "www.uusi.example") }),
	every("site moved", func(s *site) {
		s.scheme, s.host, s.dir, s.suffix = "https", swap(s.host, "blogi.example", "www.saatio.example"), swap(s.dir, "/b/", "/artikkelit/"), ".html"
	}),
	every("teasers cut with …", func(s *site) { s.teaser = []int{0, 80, 120, 200}[s.IntN(4)] }),
	{"page cut off in transit", func(s *site) []*story {
		s.cut = 1 + s.IntN(len(s.stories)-1)
		return s.stories[s.cut-1 : s.cut]
	}},
	{"maintenance page", func(s *site) []*story {
		s.down = true
		return []*story{{number: madeUp}}
	}},
	{"two of one day and summary", func(s *site) []*story {
		a := s.write()
		b := *a
		s.next++
		b.number = s.next
		s.all = append(s.all, &b)
		a.title, b.title = heading(s.Rand)+" A", heading(s.Rand)+" B"
		a.slug, b.slug = s.slugOf(a.title), s.slugOf(b.title)
		s.put(a)
		s.put(&b)
		return []*story{a, &b}
	}},
	{"new entry", func(s *site) []*story { s.publish(); return s.stories[:1] }},
	{"new entry of an old day", func(s *site) []*story {
		t := s.write()
		t.day -= Day(s.IntN(20))
		s.put(t)
		return []*story{t}
	}},
	{"series in numbers", func(s *site) []*story {
		t := s.write()
		t.title, t.text = fmt.Sprintf("Viikon vinkki %d", s.next), fmt.Sprintf("Viikon vinkki numero %d: lue ja kokeile heti.", s.next)
		s.put(t)
		return []*story{t}
	}},
	{"order of a day", func(s *site) []*story {
		i := s.IntN(len(s.stories) - 1)
		if s.stories[i].day == s.stories[i+1].day {
			s.stories[i], s.stories[i+1] = s.stories[i+1], s.stories[i]
			return s.stories[i : i+2]
		}
		return nil
	}},
	{"old entries leave", func(s *site) []*story {
		if n := len(s.stories) - 1 - s.IntN(4); n > 20 {
			s.gone = append(s.gone, s.stories[n:]...)
			s.stories = slices.Clip(s.stories[:n])
			return s.stories
		}
		return nil
	}},
	{"an old entry comes back", func(s *site) []*story {
		if len(s.gone) == 0 {
			return nil
		}
		t := s.gone[len(s.gone)-1]
		s.gone = s.gone[:len(s.gone)-1]
		s.put(t)
		return []*story{t}
	}},
}

func swap(s, a, b string) string {
	if s == a {
		return b
	}
	return a
}

// An archive remembers articles, and knows what a feed reader has shown.
type archive struct {
	exact   bool // matches the same ID alone
	records []Record
	shown   map[int]map[string]bool // by story, under which IDs
	stories map[string]map[int]bool // by ID, which stories
}

func newArchive(exact bool) *archive {
	return &archive{exact: exact, shown: map[int]map[string]bool{}, stories: map[string]map[int]bool{}}
}

func (a *archive) take(entries []Entry, stories []int) {
	var found []int
	var v Verdict
	if a.exact {
		ids := map[string]int{}
		for i, r := range a.records {
			ids[r.ID] = i
		}
		for _, e := range entries {
			if i, ok := ids[exactID(&e)]; ok {
				found = append(found, i)
			} else {
				found = append(found, -1)
			}
		}
	} else {
		found = Match(a.records, entries)
		v = Judge(a.records, entries, found)
	}
	if v.Failed {
		return
	}
	if !v.Short {
		for i := range a.records {
			a.records[i].Listed = false
		}
	}
	for i, e := range entries {
		last := v.Cut && i == len(entries)-1
		r := found[i]
		switch {
		case r < 0 && last:
			continue
		case r < 0:
			e.ID = exactID(&e)
			for slices.ContainsFunc(a.records, func(r Record) bool { return !a.exact && r.ID == e.ID }) {
				e.ID += "+" + e.Title
			}
			r = len(a.records)
			a.records = append(a.records, Record{Entry: e})
		case a.exact:
			e.ID = a.records[r].ID
			a.records[r].Entry = e
		default:
			a.records[r].Listed = true
			merged := Merge(a.records[r].Entry, e, last)
			if last && merged.Title == a.records[r].Title && merged.Text == a.records[r].Text {
				continue // nothing is shown of it
			}
			a.records[r].Entry = merged
		}
		a.records[r].Listed = true
		id := a.records[r].ID
		a.shows(stories[i], id)
	}
}

func (a *archive) shows(story int, id string) {
	if a.shown[story] == nil {
		a.shown[story] = map[string]bool{}
	}
	if a.stories[id] == nil {
		a.stories[id] = map[int]bool{}
	}
	a.shown[story][id] = true
	a.stories[id][story] = true
}

// A count says how many stories a feed reader saw how.
type count struct {
	all, once, lost, merged, repeats, madeUp int
	hopeless                                 int // of those not seen once
}

func (a *archive) count(stories []*story) count {
	c := count{all: len(stories), madeUp: len(a.shown[madeUp])}
	for _, t := range stories {
		ids := a.shown[t.number]
		merged := a.merged(t.number)
		switch {
		case len(ids) == 1 && !merged:
			c.once++
		case t.lost:
			c.hopeless++
		}
		if len(ids) == 0 {
			c.lost++
		}
		if merged {
			c.merged++
		}
		c.repeats += max(0, len(ids)-1)
	}
	return c
}

// merged reports whether a story was shown under the ID of another.
func (a *archive) merged(story int) bool {
	for id := range a.shown[story] {
		if len(a.stories[id]) > 1 {
			return true
		}
	}
	return false
}

func (c *count) add(d count) {
	c.all += d.all
	c.once += d.once
	c.lost += d.lost
	c.merged += d.merged
	c.repeats += d.repeats
	c.madeUp += d.madeUp
	c.hopeless += d.hopeless
}

func (c count) String() string {
	return fmt.Sprintf("%d of %d once, %d lost, %d merged, %d repeats, %d made up", c.once, c.all, c.lost, c.merged, c.repeats, c.madeUp)
}

// TestWalk follows pages through many edits, one or two between readings. It
// allows for the articles whose text was all that was known of them, and of
// which an editor has left none.
func TestWalk(t *testing.T) {
	seeds, shorter := uint64(1), 5
	if *large {
		seeds, shorter = 5, 1
	}
	for _, walk := range []struct {
		name   string
		edits  int
		links  bool
		change bool // between text and links
	}{{"text", 1000, false, false}, {"links", 600, true, false}, {"both", 300, false, true}} {
		var before, after count
		for seed := range seeds {
			s := newSite(seed, walk.links, 40)
			exact, archive := newArchive(true), newArchive(false)
			read := func() {
				entries, stories := s.read()
				exact.take(entries, stories)
				archive.take(entries, stories)
			}
			read()
			for made := 0; made < walk.edits/shorter; {
				for range 1 + s.IntN(2) {
					if len(edits[s.IntN(len(edits))].do(s)) > 0 {
						made++
					}
				}
				if walk.change && s.IntN(20) == 0 {
					s.links = !s.links
				}
				read()
			}
			read() // the whole page, if the last one was cut off
			before.add(exact.count(s.all))
			after.add(archive.count(s.all))
		}
		t.Logf("%s:\n\tbefore %v\n\tafter  %v; %d of the others left nothing to go by", walk.name, before, after, after.hopeless)
		if after.lost > 0 || after.madeUp > 0 || after.merged > after.all/200 || after.once+after.hopeless < after.all*98/100 {
			t.Errorf("%s: %v", walk.name, after)
		}
	}
}

// TestEdits makes single edits of each kind, and counts how many of the articles
// that they touch feed readers do not see exactly once.
func TestEdits(t *testing.T) {
	most := map[string]float64{ // percent, where other than 0
		"date corrected":      5,  // by a week, of the newest
		"summary begins anew": 10, // of a short one without a title
		"summary rewritten":   40, // all that have no title
	}
	times := 10
	if *large {
		times = 100
	}
	w := newTable("edit", "text before", "after", "links before", "after")
	for _, e := range edits {
		w.row(e.name)
		for _, links := range []bool{false, true} {
			touched := 0
			wrong := make([]int, 2)
			for seed := range uint64(times) {
				s := newSite(1000+seed, links, 30)
				archives := []*archive{newArchive(true), newArchive(false)}
				read := func() {
					entries, stories := s.read()
					for _, a := range archives {
						a.take(entries, stories)
					}
				}
				read()
				s.gone = append(s.gone, s.stories[25:]...)
				s.stories = s.stories[:25]
				read()
				edited := e.do(s)
				read()
				read() // the whole page, if the first was cut off
				touched += len(edited)
				for _, t := range edited {
					want := 1
					if t.number == madeUp {
						want = 0
					}
					for i, a := range archives {
						if a.merged(t.number) || len(a.shown[t.number]) != want {
							wrong[i]++
						}
					}
				}
			}
			for i, n := range wrong {
				if p := w.percent(n, touched); i == 1 && p > most[e.name] {
					t.Errorf("%s, links %v: %.1f %%", e.name, links, p)
				}
			}
		}
	}
	t.Log(w)
}

// A table is one of the tables that the tests print.
type table struct {
	text strings.Builder
	tab  *tabwriter.Writer
}

func newTable(columns ...string) *table {
	w := new(table)
	w.tab = tabwriter.NewWriter(&w.text, 0, 0, 2, ' ', 0)
	fmt.Fprint(w.tab, strings.Join(columns, "\t"))
	return w
}

func (w *table) row(name string) { fmt.Fprint(w.tab, "\n"+name) }

// percent adds a column to the row, and returns it.
func (w *table) percent(n, of int) float64 {
	p := 100 * float64(n) / float64(max(1, of))
	fmt.Fprintf(w.tab, "\t%.1f %%", p)
	return p
}

func (w *table) String() string {
	w.tab.Flush()
	return "\n" + w.text.String()
}

// TestOthers publishes an article that is like another one, which stays or
// leaves at the same time, and counts how often the two are taken for one.
func TestOthers(t *testing.T) {
	words := []string{"ensimmäinen", "toinen", "kolmas", "neljäs", "viides", "kuudes"}
	kinds := []struct {
		name string
		most float64                    // percent, if the old one leaves
		make func(s *site, a, b *story) // b is new
	}{
		{"unrelated, same day", 5, func(s *site, a, b *story) { b.day = a.day }},
		{"unrelated, next day", 0, func(s *site, a, b *story) { b.day = a.day + 1 }},
		{"same text, a week later", 50, func(s *site, a, b *story) { b.day, b.title, b.text = a.day+7, a.title, a.text }},
		{"same title, a week later", 0, func(s *site, a, b *story) { b.day, b.title = a.day+7, a.title }},
		{"same title, same day", 100, func(s *site, a, b *story) { b.day, b.title = a.day, a.title }},
		{"series in numbers", 0, func(s *site, a, b *story) {
			a.title, a.text = "Viikon vinkki 1", "Viikon vinkki 1: lue ja kokeile. "+a.text
			b.day, b.title, b.text = a.day+Day(s.IntN(2)), "Viikon vinkki 2", strings.Replace(a.text, "1", "2", 1)
		}},
		{"series in words", 0, func(s *site, a, b *story) {
			n := s.IntN(len(words) - 1)
			a.title, a.text = "Sarjan "+words[n]+" osa", "Sarjan "+words[n]+" osa kertoo työstä. "+a.text
			b.day, b.title, b.text = a.day+Day(s.IntN(2)), "Sarjan "+words[n+1]+" osa", strings.Replace(a.text, words[n], words[n+1], 1)
		}},
		{"town names", 0, func(s *site, a, b *story) {
			n := s.IntN(len(places) - 1)
			a.title, a.text = "Koulutus "+places[n], "Tule mukaan koulutukseen "+places[n]+". "+a.text
			b.day, b.title, b.text = a.day+Day(s.IntN(2)), "Koulutus "+places[n+1], strings.Replace(a.text, places[n], places[n+1], 1)
		}},
		{"series in words, no titles", 100, func(s *site, a, b *story) {
			n := s.IntN(len(words) - 1)
			a.title, a.text = "", "Sarjan "+words[n]+" osa kertoo työstä. "+a.text
			b.day, b.title, b.text = a.day, "", strings.Replace(a.text, words[n], words[n+1], 1)
		}},
		{"town names, no titles", 0, func(s *site, a, b *story) {
			n := s.IntN(len(places) - 1)
			a.title, a.text = "", "Tule mukaan koulutukseen "+places[n]+". "+a.text
			b.day, b.title, b.text = a.day, "", strings.Replace(a.text, places[n], places[n+1], 1)
		}},
		{"same beginning", 60, func(s *site, a, b *story) {
			begin := sentence(s.Rand) + " "
			a.text = begin + a.text
			b.day, b.text = a.day+Day(s.IntN(2)), begin+b.text
		}},
		{"same day and text, other title", 100, func(s *site, a, b *story) {
			b.day, b.text, a.title, b.title = a.day, a.text, "Yksi juttu", "Aivan toinen asia"
		}},
	}
	times := 20
	if *large {
		times = 200
	}
	w := newTable("kind", "text, stays", "leaves", "links, stays", "leaves")
	for _, kind := range kinds {
		w.row(kind.name)
		for _, links := range []bool{false, true} {
			for _, leaves := range []bool{false, true} {
				merged := 0
				for seed := range uint64(times) {
					s := newSite(5000+seed, links, 20)
					old, other := s.stories[s.IntN(5)], s.write()
					kind.make(s, old, other)
					other.slug = s.slugOf(other.title)
					a := newArchive(false)
					a.take(s.read())
					s.put(other)
					if leaves {
						s.stories = slices.DeleteFunc(s.stories, func(t *story) bool { return t == old })
					}
					a.take(s.read())
					if a.merged(other.number) {
						merged++
					}
				}
				most := 0.0
				if leaves {
					most = kind.most
				}
				if p := w.percent(merged, times); p > most {
					t.Errorf("%s, links %v, leaves %v: %.1f %%", kind.name, links, leaves, p)
				}
			}
		}
	}
	t.Log(w)
}
