package vatesfeed_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
)

const listing = `Siirry pääsisältöön

Artikkelit

Aluepäättäjille

29.01.2024

Vaasan seudulla päätettiin keskittyä ekosysteemiin. Palvelumuotoilua on harjoitettu jo pitkään.

Tavoitteena yhdistää resurssit kilpailun sijaan

31.02.2024

Tätä päivää ei ole.

26.01.2024

Kanta-Hämeessä luotsataan aluetta kohti uutta mallia. Työ vaatii visiota.
`

func ExampleParse() {
	listings, err := vatesfeed.Parse("listing.txt", strings.NewReader(listing))
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range listings {
		fmt.Println(l.Section)
		for _, a := range l.Articles {
			fmt.Println(a.Date, a.Headline())
		}
		for _, p := range l.Problems {
			fmt.Println(p)
		}
	}
	// Output:
	// Aluepäättäjille
	// 2024-01-29 Tavoitteena yhdistää resurssit kilpailun sijaan
	// 2024-01-26 Kanta-Hämeessä luotsataan aluetta kohti uutta mallia.
	// listing.txt:13: "31.02.2024" is not a date: there is no such day
}

func ExampleArticles() {
	for a, err := range vatesfeed.Articles("listing.txt", strings.NewReader(listing)) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Headline())
	}
	// Output:
	// Tavoitteena yhdistää resurssit kilpailun sijaan
	// listing.txt:13: "31.02.2024" is not a date: there is no such day
	// Kanta-Hämeessä luotsataan aluetta kohti uutta mallia.
}

func ExampleSelect() {
	listings, err := vatesfeed.Parse("listing.txt", strings.NewReader(listing))
	if err != nil {
		log.Fatal(err)
	}
	articles := vatesfeed.Merge(listings...)
	sections, err := vatesfeed.FindSections(articles, []string{"aluepaattajille"})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range vatesfeed.Select(articles, vatesfeed.Selection{Sections: sections, Since: vatesfeed.Date{Year: 2024, Month: time.January, Day: 27}}) {
		fmt.Println(a.Date, a.Headline())
	}
	_, err = vatesfeed.FindSections(articles, []string{"Blogi"})
	fmt.Println(err)
	// Output:
	// 2024-01-29 Tavoitteena yhdistää resurssit kilpailun sijaan
	// no section "Blogi"; there are: Aluepäättäjille
}

func ExampleFeed_Write() {
	feed := vatesfeed.Feed{
		Articles: []vatesfeed.Article{{
			Date:     vatesfeed.Date{Year: 2024, Month: time.January, Day: 29},
			Title:    "Tavoitteena yhdistää resurssit kilpailun sijaan",
			Summary:  "Vaasan seudulla päätettiin keskittyä ekosysteemiin.",
			Sections: []string{"Aluepäättäjille"},
			Link:     "https://www.vates.fi/esimerkki",
		}},
		Sections: []string{"Aluepäättäjille"},
	}
	if err := feed.Write(os.Stdout, vatesfeed.RSS); err != nil {
		log.Fatal(err)
	}
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
	//   <channel>
	//     <title>Vates – Aluepäättäjille</title>
	//     <link>https://www.vates.fi/vates/artikkelit</link>
	//     <description>Vates-säätiön artikkelit osiosta Aluepäättäjille.</description>
	//     <language>fi</language>
	//     <pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate>
	//     <lastBuildDate>Mon, 29 Jan 2024 06:00:00 +0200</lastBuildDate>
	//     <generator>vatesfeed https://github.com/vatesfeed/vatesfeed</generator>
	//     <dc:creator>Vates-säätiö</dc:creator>
	//     <item>
	//       <title>Tavoitteena yhdistää resurssit kilpailun sijaan</title>
	//       <link>https://www.vates.fi/esimerkki</link>
	//       <description>Vaasan seudulla päätettiin keskittyä ekosysteemiin.</description>
	//       <guid isPermaLink="true">https://www.vates.fi/esimerkki</guid>
	//       <pubDate>Mon, 29 Jan 2024 06:00:00 +0200</pubDate>
	//       <category>Aluepäättäjille</category>
	//     </item>
	//   </channel>
	// </rss>
}

func ExampleSlug() {
	fmt.Println(vatesfeed.Slug("Aluepäättäjille"))
	// Output: aluepaattajille
}
