package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// said returns what is read of a page: for each listing its heading, section and
// introduction, its articles with their links, labels and authors, and its
// problems.
func said(page string) string {
	listings, _ := Parse("test", []byte(page), address)
	var all []string
	for _, l := range listings {
		all = append(all, strings.TrimSuffix(fmt.Sprintf("# %s/%s: %s", l.Heading, l.Section, l.Intro), ": "))
		for _, a := range l.Articles {
			s := a.Date.Time().Format("2.1. ") + a.Title + "|" + strings.ReplaceAll(a.Summary, "\n\n", "¶")
			if a.Link != "" {
				s += " <" + strings.TrimPrefix(a.Link, "https://www.vates.fi") + ">"
			}
			if len(a.Sections) > 1 {
				s += " " + fmt.Sprint(a.Sections[1:])
			}
			if len(a.Authors) > 0 {
				s += " by " + strings.Join(a.Authors, ", ")
			}
			all = append(all, s)
		}
		for _, p := range l.Problems {
			all = append(all, "! "+strings.ReplaceAll(p.Text, "\n\n", "¶"))
		}
	}
	return strings.Join(all, "\n")
}

// TestRules has for each rule a page that is read wrongly without it.
func TestRules(t *testing.T) {
	for _, c := range []struct{ rule, page, want string }{
		{"titles differ", `<h1>B</h1><ul><li><h3>Uutiset</h3><p>1.1.2024</p><p><a href=/a>Aa</a></p></li><li><h3>Uutiset</h3><p>2.1.2024</p><p><a href=/b>Bb</a></p></li><li><h3>Uutiset</h3><p>3.1.2024</p><p><a href=/c>Cc</a></p></li></ul>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>
3.1. Cc| </c>`},
		{"a day in a language that is not read", `<h1>B</h1><article><h3><a href=/a>Aa</a></h3><time datetime="2024-01-01T23:30:00+00:00">jaanuar 1, 2024</time></article><article><h3><a href=/b>Bb</a></h3><time datetime="2024-01-02T23:30:00+00:00">22 t. 2024</time></article><article><h3><a href=/c>Cc</a></h3><time datetime="2024-01-03T23:30:00+00:00">2 t.</time></article>`,
			`# B/B
1.1. Aa| </a>
3.1. Bb| </b>
4.1. Cc| </c>`},
		{"a month before the year of the next date", `<h1>B</h1><div><p>2024-01-03</p><h3><a href=/a>Aa</a></h3><p>Avoinna 29. jun</p></div><div><p>2024-01-02</p><h3><a href=/b>Bb</a></h3><p>Teksti.</p></div>`,
			`# B/B
3.1. Aa|Avoinna 29. jun </a>
2.1. Bb|Teksti. </b>`},
		{"tags in a heading", `<h1>B</h1><section><h3><a href=/a>Aa</a> · 1.1.2024<span> · <a href=/tag/x>xx</a> <a href=/tag/y>yy</a></span></h3></section><section><h3><a href=/b>Bb</a> · 2.1.2024<span> · <a href=/tag/y>yy</a> | <a href=/tag/z>zz</a></span></h3></section>`,
			`# B/B
1.1. Aa| </a> [xx yy]
2.1. Bb| </b> [yy zz]`},
		{"posts without end tags", `<h1>B</h1><main><div class="post-3 post type-post"><h2><a href=/a>Aa</a></h2><p>3.1.2024</p><div class="post-3 type-post">Eka.<div class="post-2 post type-post"><h2><a href=/b>Bb</a></h2><p>2.1.2024</p><div>Toka.</div></div><div class="post-1 post type-post"><h2><a href=/c>Cc</a></h2><p>1.1.2024</p><div>Kolmas.</div></div></main>`,
			`# B/B
3.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>`},
		{"a lead without links", `<main><h1>B</h1><div><h2>Uusin:</h2><article><div class=h><h3>Aa</h3>4.1.2024</div><p>Eka.</p></article></div><div><section><div class=h>3.1.2024<h3>Bb</h3></div><p>Toka.</p></section><section><div class=h>2.1.2024<h3>Cc</h3></div><p>Kolmas.</p></section></div></main>`,
			`# B/Uusin:
4.1. Aa|Eka.
3.1. Bb|Toka.
2.1. Cc|Kolmas.`},
		{"names of meetings", `<h1>B</h1><table><tr><td>Kokous</td><td>1.1.2024</td><td>01h 46m</td><td><a href=/a>Esityslista</a></td></tr><tr><td>Kokous</td><td>2.1.2024</td><td>01h 32m</td><td><a href=/b>Esityslista</a></td></tr><tr><td>Vuosikokous</td><td>3.1.2024</td><td>01h 23m</td><td><a href=/c>Esityslista</a></td></tr></table>`,
			`# B/B
1.1. Kokous|01h 46m </a>
2.1. Kokous|01h 32m </b>
3.1. Vuosikokous|01h 23m </c>`},
		{"numbers of answers", `<h1>B</h1><article><h3><a href=/a>Aa</a></h3><p>1.1.2024 kirjoittajalta Maija Mäki</p><p>Eka.</p><p>3 kommenttia</p></article><article><h3><a href=/b>Bb</a></h3><p>2.1.2024</p><p>Toka.</p><p>(Kommentit: 2)</p></article><article><h3><a href=/c>Cc</a></h3><p>3.1.2024</p><p>Kommentit ovat tervetulleita.</p><p><a href=/c#respond>Jätä kommentti artikkeliin Cc</a></p></article>`,
			`# B/B
1.1. Aa|Eka. </a> by Maija Mäki
2.1. Bb|Toka. </b>
3.1. Cc|Kommentit ovat tervetulleita. </c>`},
		{"links to more of a title", `<h1>B</h1><article><h3><a href=/a>Aa</a></h3><p>1.1.2024</p><p>Eka teksti, josta on tässä vain alku, koska se on niin pitkä, että sitä ei voi näyttää kokonaan. <a href=/a>Fortsätt läsa ”Aa”</a></p></article><article><h3><a href=/b>Bb</a></h3><p>2.1.2024</p><p>Toka. <a href=/b>[Read more…] about Bb</a></p></article>`,
			`# B/B
1.1. Aa|Eka teksti, josta on tässä vain alku, koska se on niin pitkä, että sitä ei voi näyttää kokonaan. </a>
2.1. Bb|Toka. </b>`},
		{"labels by class", `<h1>B</h1><article><div class="card__badge">Työ</div><h3><a href=/a>Aa</a></h3><p>1.1.2024</p><p class=category-name>Osasto: <a href=/?id=1>Koulu</a></p></article><article><div class="card__badge">Koti</div><h3><a href=/b>Bb</a></h3><p>2.1.2024</p><p class=category-name>Osasto: <a href=/?id=2>Kirjasto</a></p></article><article><div class="card__badge">Vapaa</div><h3><a href=/c>Cc</a></h3><p>3.1.2024</p><p class=category-name>Osasto: <a href=/?id=3>Museo</a></p></article>`,
			`# B/B
1.1. Aa| </a> [Työ Koulu]
2.1. Bb| </b> [Koti Kirjasto]
3.1. Cc| </c> [Vapaa Museo]`},
		{"a change that stands first", `<h1>B</h1><article class=news><h3><a href=/a>Aa</a></h3><p><time class=updated datetime=2024-02-01>1.2.2024</time><time class="entry-date published" datetime=2024-01-01>1.1.2024</time></p></article><article class=category-tapahtumat><h3><a href=/b>Bb</a></h3><p><time class=updated datetime=2024-02-02>2.2.2024</time><time class="entry-date published" datetime=2024-01-02>2.1.2024</time></p></article><article class=news><h3><a href=/c>Cc</a></h3><p><time class=updated datetime=2024-01-03>3.1.2024</time></p></article><article class=news><h3><a href=/d>Dd</a></h3><p><time class="published updated" datetime=2024-01-04>4.1.2024</time></p></article>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>
3.1. Cc| </c>
4.1. Dd| </d>`},
		{"labels and more below flat titles", `<h1>B</h1><div><p><b><a href=/a>Aa</a></b></p><p>2.1.2024</p><p>Eka.</p><p><a href=/a>Lue lisää</a></p><p><b><a href=/b>Bb</a></b></p><p>1.1.2024</p><p>Toka.</p><p><a href=/b>Lue lisää</a></p></div>`,
			`# B/B
2.1. Aa|Eka. </a>
1.1. Bb|Toka. </b>`},
		{"labels below flat titles", `<h1>B</h1><div><p><a href=/b>Bb</a></p><p>Julkaistu 2.1.2024</p><p><a href=/category/x>Xx</a></p><p>Toka.</p><p><a href=/a>Aa</a></p><p>Julkaistu 1.1.2024</p><p><a href=/category/y>Yy</a></p><p>Eka.</p></div>`,
			`# B/B
2.1. Bb|Toka. </b> [Xx]
1.1. Aa|Eka. </a> [Yy]`},
		{"dates at the ends of texts", `<h1>B</h1><ul><li><h3><a href=/a>Aa</a></h3><p>Hakuaika päättyy vasta syksyllä 30.9.2024.</p><p class=date>5.1.2024</p></li><li><h3><a href=/b>Bb</a></h3><p>Ilmoittaudu kurssille viimeistään 15.8.2024.</p><p class=date>4.1.2024</p></li></ul>`,
			`# B/B
5.1. Aa|Hakuaika päättyy vasta syksyllä 30.9.2024. </a>
4.1. Bb|Ilmoittaudu kurssille viimeistään 15.8.2024. </b>`},
		{"an only date among others", `<h1>B</h1><p>Sivun yläosassa on teksti, joka kertoo, mitä täällä on, ja sitä on paljon enemmän kuin yksittäisissä kokouksissa, joista on vain linkit.</p><div><p><a href=/a>Kokous 1.1.2024</a></p><p><a href=/b>Kokous 2.1.2024</a></p><p><em>Peruttu kokous 3.1.2024</em></p><p><a href=/d>Kokous 4.1.2024</a></p></div>`,
			`# B/B: Sivun yläosassa on teksti, joka kertoo, mitä täällä on, ja sitä on paljon enemmän kuin yksittäisissä kokouksissa, joista on vain linkit.
1.1. Kokous 1.1.2024| </a>
2.1. Kokous 2.1.2024| </b>
3.1. |Peruttu kokous
4.1. Kokous 4.1.2024| </d>`},
		{"other articles in an article", `<div><h1>Aa</h1></div><div><p>9.1.2024</p><p>Selvitys on nyt valmis, ja se kertoo paljon siitä, miten asiat ovat ja miten niiden pitäisi olla, ja vielä vähän enemmän kuin sitä.</p><p>Toinen kappale jatkaa siitä, mihin ensimmäinen päättyi, jotta tässä on varmasti enemmän tekstiä kuin alla, ja sekin on pitkä kappale.</p><p>Kolmaskin kappale jatkaa vielä, jotta tämä on artikkeli.</p><ul><li><a href=/b>Bb</a><p>1.1.2023</p></li><li><a href=/c>Cc</a><p>2.1.2023</p></li><li><a href=/d>Dd</a><p>3.1.2023</p></li></ul></div>`,
			`# Aa/
9.1. Aa|Selvitys on nyt valmis, ja se kertoo paljon siitä, miten asiat ovat ja miten niiden pitäisi olla, ja vielä vähän enemmän kuin sitä.¶Toinen kappale jatkaa siitä, mihin ensimmäinen päättyi, jotta tässä on varmasti enemmän tekstiä kuin alla, ja sekin on pitkä kappale.¶Kolmaskin kappale jatkaa vielä, jotta tämä on artikkeli. </vates/artikkelit>`},
		{"an index of dates", `<h1>B</h1><ul><li><a href="#1">3.1.2024</a></li><li><a href="#2">2.1.2024</a></li><li><a href="#3">1.1.2024</a></li></ul><h2 id=1>3.1.2024</h2><p><a href=/a>Aa</a></p><h2 id=2>2.1.2024</h2><p><a href=/b>Bb</a></p><h2 id=3>1.1.2024</h2><p><a href=/c>Cc</a></p>`,
			`# B/B
3.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>`},
		{"the day of a change below a flat list", `<h1>B</h1><p>1.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><p>2.1.2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><p>Päivitetty: 9.1.2024</p>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>`},
		{"a copyright notice that begins with its sign", `<h1>B</h1><p>1.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><p>2.1.2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><p>© 9.1.2024 Cc</p>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka.¶© 9.1.2024 Cc </b>`},
		{"a lead with a link to more", `<h1>B</h1><div><h2>Aa</h2><p>4.1.2024</p><p>Eka.</p><a href=/a>Lue juttu</a></div><h2>C</h2><article><p>3.1.2024</p><h3><a href=/b>Bb</a></h3></article><article><p>2.1.2024</p><h3><a href=/c>Cc</a></h3></article><article><p>1.1.2024</p><h3><a href=/d>Dd</a></h3></article>`,
			`# B/B
4.1. Aa|Eka. </a>
# B/C
3.1. Bb| </b>
2.1. Cc| </c>
1.1. Dd| </d>`},
		{"labels beside an empty link", `<h1>B</h1><article><h2>Aa</h2><p>Eka.</p><p>1.1.2024 <a href=/tags/x>X</a></p><a href=/a></a></article><article><h2>Bb</h2><p>Toka.</p><p>2.1.2024 <a href=/tags/y>Y</a></p><a href=/b></a></article>`,
			`# B/B
1.1. Aa|Eka. </a> [X]
2.1. Bb|Toka. </b> [Y]`},
		{"brackets that are none", `<h1>B</h1><article><h2>Aa :(</h2><p>1.1.2024</p><p>Eka (teksti).</p></article><article><h2>Bb</h2><p>2.1.2024</p><p>Toka :(</p></article>`,
			`# B/B
1.1. Aa :(|Eka (teksti).
2.1. Bb|Toka :(`},
		{"links to authors beside the day", `<h1>B</h1><div><div>Eka juttu</div><div class=author><a href=/u/1>Maija M</a> 1.1.2024</div><p>Teksti on tämä.</p><a href=/a>Keskustele</a></div><div><div>Toka juttu</div><div class=author><a href=/u/2>Matti N</a> 2.1.2024</div><p>Teksti on muu.</p><a href=/b>Keskustele</a></div>`,
			`# B/B
1.1. |Eka juttu¶Teksti on tämä. </a> by Maija M
2.1. |Toka juttu¶Teksti on muu. </b> by Matti N`},
		{"days before long titles", `<h1>B</h1><h3>1.1.2024 Kokous pidettiin Oulussa. Paikalla oli yli sata osallistujaa eri puolilta maata</h3><h3>2.1.2024 Kokous pidettiin Turussa. Paikalla oli yli sata osallistujaa eri puolilta maata</h3>`,
			`# B/B
1.1. Kokous pidettiin Oulussa. Paikalla oli yli sata osallistujaa eri puolilta maata|
2.1. Kokous pidettiin Turussa. Paikalla oli yli sata osallistujaa eri puolilta maata|`},
		{"an early day that rules out the other order", `<h1>B</h1><ul><li>29/2/2024 <a href=/a>Aa</a></li><li>9/3/2024 <a href=/b>Bb</a></li></ul>`,
			`# B/B
29.2. Aa| </a>
9.3. Bb| </b>`},
		{"an early month that rules out the other order", `<h1>B</h1><ul><li>2/29/2024 <a href=/a>Aa</a></li><li>3/9/2024 <a href=/b>Bb</a></li></ul>`,
			`# B/B
29.2. Aa| </a>
9.3. Bb| </b>`},
		{"titles that most entries do not share", `<h1>B</h1><ul><li><p>1.1.2024</p><p><a href=/a>Kokous</a></p></li><li><p>2.1.2024</p><p><a href=/b>Kokous</a></p></li><li><p>3.1.2024</p><p><a href=/c>Juhla</a></p></li><li><p>4.1.2024</p><p><a href=/d>Kokous</a></p></li><li><p>5.1.2024</p><p><a href=/e>Retki</a></p></li></ul>`,
			`# B/B
1.1. Kokous| </a>
2.1. Kokous| </b>
3.1. Juhla| </c>
4.1. Kokous| </d>
5.1. Retki| </e>`},
		{"dates in long sentences", `<h1>B</h1><p>1.1.2024</p><p>Tuloksia esiteltiin 5.2.2023, ja ne herättivät vilkasta keskustelua monessa maakunnassa koko vuoden ajan</p><p>2.1.2024</p><p>Tuloksia esiteltiin 6.2.2023, ja ne herättivät vilkasta keskustelua monessa maakunnassa koko vuoden ajan</p>`,
			`# B/B
1.1. |Tuloksia esiteltiin 5.2.2023, ja ne herättivät vilkasta keskustelua monessa maakunnassa koko vuoden ajan
2.1. |Tuloksia esiteltiin 6.2.2023, ja ne herättivät vilkasta keskustelua monessa maakunnassa koko vuoden ajan`},
		{"a link of few entries", `<h1>B</h1><ul><li><p>1.1.2024</p><p>Eka teksti.</p><div><a href=/x>Ohjelma</a></div></li><li><p>2.1.2024</p><p>Toka teksti.</p></li><li><p>3.1.2024</p><p>Kolmas teksti.</p></li><li><p>4.1.2024</p><p>Neljäs teksti.</p></li></ul>`,
			`# B/B
1.1. |Eka teksti. </x>
2.1. |Toka teksti.
3.1. |Kolmas teksti.
4.1. |Neljäs teksti.`},
		{"headings and links below days", `<h1>B</h1><p>1.1.2024</p><h3>Aa</h3><p><a href=/a>Liite</a></p><p>2.1.2024</p><h3>Bb</h3><p><a href=/b>Ohje</a></p>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"another link where there is no title", `<h1>B</h1><ul><li><p>1.1.2024</p><p><a href=/a>Aa</a></p><p>Eka.</p></li><li><p>2.1.2024</p><p><a href=/b>Bb</a></p><p>Toka.</p></li><li><p>3.1.2024</p><p>Kolmas.</p><div><a href=/x>Ohjelma</a></div></li></ul>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
3.1. |Kolmas. </x>`},
		{"a long text behind a link beside the day", `<h1>B</h1><ul><li>1.1.2024 <a href=/a>Aa</a> Tilaisuuteen on vapaa pääsy, ja siihen voi osallistua myös etänä, jos ilmoittautuu viimeistään edellisenä päivänä puhelimitse.</li><li>2.1.2024 <a href=/b>Bb</a> Tilaisuuteen on vapaa pääsy, ja siihen voi osallistua myös etänä, jos ilmoittautuu viimeistään edellisenä päivänä puhelimitse.</li></ul>`,
			`# B/B
1.1. Aa|Tilaisuuteen on vapaa pääsy, ja siihen voi osallistua myös etänä, jos ilmoittautuu viimeistään edellisenä päivänä puhelimitse. </a>
2.1. Bb|Tilaisuuteen on vapaa pääsy, ja siihen voi osallistua myös etänä, jos ilmoittautuu viimeistään edellisenä päivänä puhelimitse. </b>`},
		{"a weekday in the line above the day", `<h1>B</h1><ul><li><h3>Kokous on ti</h3><p>2.1.2024</p></li><li><h3>Juhla on ke</h3><p>3.1.2024</p></li></ul>`,
			`# B/B
2.1. Kokous on ti|
3.1. Juhla on ke|`},
		{"lines of signs", `<h1>B</h1><p>1.1.2024</p><p>Eka.</p><p>**********************************************************************</p><p>2.1.2024</p><p>Toka.</p><p>**********************************************************************</p>`,
			`# B/B
1.1. |Eka.
2.1. |Toka.`},
		{"an article with another text in each section", `<h1>B</h1><h2>X</h2><ul><li><p>2.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p></li><li><p>1.1.2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p></li></ul><h2>Y</h2><ul><li><p>2.1.2024</p><h3><a href=/a>Aa</a></h3><p>Lyhyt.</p></li></ul>`,
			`# B/X
2.1. Aa|Eka. </a>
1.1. Bb|Toka. </b>
# B/Y
2.1. Aa|Lyhyt. </a>`},
		{"an entry without the heading of the others", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Eka.</p></li><li><p>2.1.2024</p><p>Ensimmäinen kappale on pitkä.</p><p>Toinen kappale</p></li></ul>`,
			`# B/B
1.1. Aa|Eka.
2.1. |Ensimmäinen kappale on pitkä.¶Toinen kappale`},
		{"another link with the words of the title", `<h1>B</h1><ul><li><p>1.1.2024</p><h3><a href=/a>Aa</a></h3><p><a href=/x>Aa</a></p></li><li><p>2.1.2024</p><h3><a href=/b>Bb</a></h3><p><a href=/y>Bb</a></p></li></ul>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"paragraphs below a text that are no titles", `<h1>B</h1><ul><li><p>2.1.2024</p><p>Tämä on kappale.</p><p>Tämäkin on.</p></li><li><p>3.1.2024</p><p>Lyhyt.</p><p>Pidempi kuin se</p></li><li><p>4.1.2024</p><p>Tämä on kappale.</p><p>Otsikko</p></li></ul>`,
			`# B/B
2.1. |Tämä on kappale.¶Tämäkin on.
3.1. |Lyhyt.¶Pidempi kuin se
4.1. Otsikko|Tämä on kappale.`},
		{"days that are told by how long ago they were", `<h1>B</h1><ul><li><h3><a href=/a>Aa</a></h3><time datetime="2024-01-04T10:00:00Z">3 days ago</time></li><li><h3><a href=/b>Bb</a></h3><time datetime="2024-01-02T10:00:00Z">1 week ago</time></li></ul>`,
			`# B/B
4.1. Aa| </a>
2.1. Bb| </b>`},
		{"an article below a heading with a link", `<div><h1><a href=/a>Aa</a></h1><p>1.1.2024</p><p>Eka kappale.</p><p>Toka kappale.</p></div>`,
			`# Aa/
1.1. Aa|Eka kappale.¶Toka kappale. </vates/artikkelit>`},
		{"an article beside headings with links", `<div><div><h1>Aa</h1><p>1.1.2024</p><p>Eka kappale.</p><p>Toka kappale.</p></div></div><div><h2><a href=/x>Xx</a></h2></div>`,
			`# Aa/
1.1. Aa|Eka kappale.¶Toka kappale. </vates/artikkelit>`},
		{"labels with numbers", `<h1>B</h1><ul><li><p>1.1.2024</p><h3><a href=/a>Aa</a></h3><a rel=tag href=/t/1>Vuosi 2024</a></li><li><p>2.1.2024</p><h3><a href=/b>Bb</a></h3><a rel=tag href=/t/2>Vuosi 2023</a></li></ul>`,
			`# B/B
1.1. Aa| </a> [Vuosi 2024]
2.1. Bb| </b> [Vuosi 2023]`},
		{"a text that says the title", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Aa</p><p><a href=/a>Avaa</a></p></li><li><p>2.1.2024</p><h3>Bb</h3><p>Teksti.</p><p><a href=/b>Avaa</a></p></li></ul>`,
			`# B/B
1.1. Aa|Aa </a>
2.1. Bb|Teksti. </b>`},
		{"two links to the only page", `<h1>B</h1><ul><li><a href=/a><img src=a></a><p>1.1.2024</p><p>Eka teksti.</p><a href=/a><img src=b></a></li><li><a href=/b><img src=a></a><p>2.1.2024</p><p>Toka teksti.</p><a href=/b><img src=b></a></li></ul>`,
			`# B/B
1.1. |Eka teksti. </a>
2.1. |Toka teksti. </b>`},
		{"an article again on another day", `<h1>B</h1><h2>X</h2><ul><li><p>2.1.2024</p><h3><a href=/a>Aa</a></h3></li><li><p>1.1.2024</p><h3><a href=/b>Bb</a></h3></li></ul><h2>Y</h2><ul><li><p>3.1.2024</p><h3><a href=/a>Aa</a></h3></li></ul>`,
			`# B/X
2.1. Aa| </a>
1.1. Bb| </b>
# B/Y
3.1. Aa|`},
		{"headings of two levels below days", `<h1>B</h1><p>1.1.2024</p><h3>Aa</h3><p>Eka.</p><h4>Väli</h4><p>Lisää.</p><p>2.1.2024</p><h3>Bb</h3><p>Toka.</p><h2>Muuta</h2><p>Yhteys.</p>`,
			`# B/B
1.1. Aa|Eka.¶Väli¶Lisää.
2.1. Bb|Toka.`},
		{"spans beside the day", `<h1>B</h1><ul><li>1.1.2024 <span>Kokous Oulussa</span> kello 12</li><li>2.1.2024 <span>Kokous Turussa</span> kello 13</li></ul>`,
			`# B/B
1.1. |Kokous Oulussa¶kello 12
2.1. |Kokous Turussa¶kello 13`},
		{"larger headings in the texts of most entries", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Eka.</p><h2>Väli yksi</h2></li><li><p>2.1.2024</p><h3>Bb</h3><p>Toka.</p><h2>Väli kaksi</h2></li><li><p>3.1.2024</p><h3>Cc</h3></li></ul>`,
			`# B/B
1.1. Aa|Eka.¶Väli yksi
2.1. Bb|Toka.¶Väli kaksi
3.1. Cc|`},
		{"a day that is called one of a change, too", `<h1>B</h1><article><h2>Aa</h2><p><time class="published updated" datetime=2024-01-01>1.1.2024</time> Tapahtuma on <time datetime=2024-05-01>1.5.2024</time></p></article><article><h2>Bb</h2><p><time class="published updated" datetime=2024-01-02>2.1.2024</time> Tapahtuma on <time datetime=2024-05-02>2.5.2024</time></p></article>`,
			`# B/B
1.1. Aa|Tapahtuma on 1.5.2024
2.1. Bb|Tapahtuma on 2.5.2024`},
		{"short years beside long ones in sentences", `<h1>B</h1><ul><li><p>1.2.24</p><h3>Aa</h3><p>Haku päättyy 5.3.2024 kello 16, ja päätös tulee siitä viikon päästä kirjeenä.</p></li><li><p>2.2.24</p><h3>Bb</h3><p>Haku päättyy 6.3.2024 kello 16, ja päätös tulee siitä viikon päästä kirjeenä.</p></li></ul>`,
			`# B/B
1.2. Aa|Haku päättyy 5.3.2024 kello 16, ja päätös tulee siitä viikon päästä kirjeenä.
2.2. Bb|Haku päättyy 6.3.2024 kello 16, ja päätös tulee siitä viikon päästä kirjeenä.`},
		{"events in the footer around which the only date is", `<div><div><h2>Aa</h2><p>Julkaistu 1.1.2024</p><p>Eka teksti.</p></div><footer><ul><li>1.5.2024 Xx</li><li>2.5.2024 Yy</li><li>3.5.2024 Zz</li></ul></footer></div>`,
			`# /
1.1. Aa|Eka teksti.¶1.5.2024 Xx¶2.5.2024 Yy¶3.5.2024 Zz`},
		{"an event beside the list", `<h1>B</h1><div class=sidebar><h3>Kevätjuhla</h3><p>1.5.2024</p></div><main><h2>C</h2><article><p>2.1.2024</p><h3>Aa</h3></article><article><p>1.1.2024</p><h3>Bb</h3></article></main>`,
			`# B/C
2.1. Aa|
1.1. Bb|`},
		{"a lead whose time has another class", `<h1>B</h1><div><h2><a href=/a>Aa</a></h2><time class=hero datetime=2024-01-04>4.1.2024</time></div><ul><li><time class=card datetime=2024-01-03>3.1.2024</time><h3><a href=/b>Bb</a></h3></li><li><time class=card datetime=2024-01-02>2.1.2024</time><h3><a href=/c>Cc</a></h3></li></ul>`,
			`# B/B
4.1. Aa| </a>
3.1. Bb| </b>
2.1. Cc| </c>`},
		{"a line below the last day", `<h1>B</h1><h3>2.1.2024</h3><ul><li><a href=/a>Aa</a></li><li><a href=/b>Bb</a></li></ul><h3>1.1.2024</h3><ul><li><a href=/c>Cc</a></li><li><a href=/d>Dd</a></li></ul><p>Vanhemmat ovat <a href=/x>arkistossa</a></p>`,
			`# B/B
2.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>
1.1. Dd|Vanhemmat ovat arkistossa </d>`},
		{"the last of days in elements of their own", `<h1>B</h1><div><h2>2.1.2024</h2><h3><a href=/a>Aa</a></h3></div><div><h2>1.1.2024</h2><h3><a href=/b>Bb</a></h3><h3><a href=/c>Cc</a></h3></div>`,
			`# B/B
2.1. Aa| </a>
1.1. Bb| </b>
1.1. Cc| </c>`},
		{"an introduction above days and titles", `<h1>B</h1><p>Tervetuloa lukemaan.</p><h2>2.1.2024</h2><h3><a href=/a>Aa</a></h3><h2>1.1.2024</h2><h3><a href=/b>Bb</a></h3><p>Sivu päivitetty 9.1.2024</p>`,
			`# B/B: Tervetuloa lukemaan.
2.1. Aa| </a>
1.1. Bb| </b>`},
		{"a change before the day of some entries", `<h1>B</h1><h3><a href=/a>Aa</a></h3><p>Päivitetty 9.1.2024, julkaistu 3.1.2024</p><h3><a href=/b>Bb</a></h3><p>Päivitetty 8.1.2024, julkaistu 2.1.2024</p><h3><a href=/c>Cc</a></h3><p>1.1.2024</p>`,
			`# B/B
3.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>`},
		{"a day in the text of an entry without a change", `<h1>B</h1><article><h3><a href=/a>Aa</a></h3><p>Päivitetty 9.1.2024, julkaistu 3.1.2024</p></article><article><h3><a href=/b>Bb</a></h3><p>Päivitetty 8.1.2024, julkaistu 2.1.2024</p></article><article><h3><a href=/c>Cc</a></h3><p>1.1.2024</p><p>Haku päättyy 30.4.2024.</p></article>`,
			`# B/B
3.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc|Haku päättyy 30.4.2024. </c>`},
		{"many days in a line", `<h1>B</h1><ul><li>1.1.2024 2.1.2024 3.1.2024 4.1.2024 5.1.2024 6.1.2024 Aa</li><li>1.2.2024 2.2.2024 3.2.2024 4.2.2024 5.2.2024 6.2.2024 Bb</li></ul>`,
			`# B/B
1.1. |2.1.2024 3.1.2024 4.1.2024 5.1.2024 6.1.2024 Aa
1.2. |2.2.2024 3.2.2024 4.2.2024 5.2.2024 6.2.2024 Bb`},
		{"a page that says to be of another host", `<head><link rel=canonical href=https://toinen.example/x/></head><h1>B</h1><article><p>1.1.2024</p><h3><a href=/a>Aa</a></h3></article><article><p>2.1.2024</p><h3><a href=b>Bb</a></h3></article>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </vates/b>`},
		{"parts of posts with numbers", `<h1>B</h1><article class="post-1 type-post"><h2>Aa</h2><p>1.1.2024</p><div class="post-8 kuva"><p>Eka.</p></div></article><article class="post-2 type-post"><h2>Bb</h2><p>2.1.2024</p><div class="post-9 kuva"><p>Toka.</p></div></article>`,
			`# B/B
1.1. Aa|Eka.
2.1. Bb|Toka.`},
		{"the only page beside a mail address", `<h1>B</h1><ul><li><p>1.1.2024</p><p>Eka.</p><a href=mailto:a@example.org><img src=m></a><a href=/a><img src=a></a></li><li><p>2.1.2024</p><p>Toka.</p><a href=mailto:b@example.org><img src=m></a><a href=/b><img src=b></a></li></ul>`,
			`# B/B
1.1. |Eka. </a>
2.1. |Toka. </b>`},
		{"a box without a heading above the list", `<h1>B</h1><div><p>9.1.2024</p><p>Toimisto on suljettu.</p></div><h2>C</h2><article><p>2.1.2024</p><h3><a href=/a>Aa</a></h3></article><article><p>1.1.2024</p><h3><a href=/b>Bb</a></h3></article>`,
			`# B/C: Toimisto on suljettu.
2.1. Aa| </a>
1.1. Bb| </b>`},
		{"a change before the day", `<h1>B</h1><div><h2><a href=/a>Aa</a></h2><p>Päivitetty 3.3.2024, julkaistu 1.1.2024</p></div><div><h2><a href=/b>Bb</a></h2><p>Päivitetty 4.3.2024, julkaistu 2.1.2024</p></div>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"a change in the line above the day", `<h1>B</h1><div><h2><a href=/a>Aa</a></h2><p>Päivitetty 3.3.2024<br>Julkaistu 1.1.2024</p></div><div><h2><a href=/b>Bb</a></h2><p>Päivitetty 4.3.2024<br>Julkaistu 2.1.2024</p></div>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"a notice of the page below a flat list", `<h1>B</h1><p>1.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><p>2.1.2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><p>Sivua päivitetty viimeksi 9.1.2024</p>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>`},
		{"a copyright notice below a flat list", `<h1>B</h1><p>1.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><p>2.1.2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><p>9.1.2024 © Cc</p>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka.¶9.1.2024 © Cc </b>`},
		{"a rule above each date", `<h1>B</h1><hr><p>1.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><hr><p>2.1.2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><hr><p>9.1.2024 Dd</p>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
9.1. |Dd`},
		{"dates in brackets", `<h1>B</h1><ul><li><a href=/a>[2024-01-01] Aa</a></li><li><a href=/b>[2024-01-02] Bb</a></li></ul>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"a row of many dates", `<h1>B</h1><table><tr><td><p>29.1.2024</p></td><td>Aa</td></tr><tr><td><p>31.1.2024</p></td><td>Bb</td></tr><tr><td><p>1.2.2024</p><p>2.2.2024</p><p>3.2.2024</p></td><td>Cc</td></tr></table>`,
			`# B/B
29.1. Aa|
31.1. Bb|
1.2. Cc|`},
		{"a day in two elements", `<h1>B</h1><ul><li><p><span>1</span><span>3 February 2024</span></p><h3>Aa</h3></li><li><p>4 February 2024</p><h3>Bb</h3></li></ul>`,
			`# B/B
13.2. Aa|
4.2. Bb|`},
		{"a change in the middle of a flat list", `<h1>B</h1><p>Julkaistu 3.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><p>Päivitetty 2.1.2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><p>Julkaistu 1.1.2024</p><h3><a href=/c>Cc</a></h3><p>Kolmas.</p>`,
			`# B/B
3.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>`},
		{"a notice in a table of its own", `<h1>B</h1><table><tr><td><font><font>1.1.2024</font></font><p>Eka <a href=/a>teksti</a>.</p></td></tr><tr><td><font><font>2.1.2024</font></font><p>Toka <a href=/b>juttu</a>.</p></td></tr></table><table><tr><td><a href=/>Etusivu</a></td></tr><tr><td><b><font>Päivitetty 9.1.2024, <a href=mailto:m@example.org>Maija</a></font></b></td></tr></table>`,
			`# B/B
1.1. teksti|Eka </a>
2.1. |Toka juttu. </b>`},
		{"a notice in a row of its own", `<h1>B</h1><table><tr><td>1.1.2024<br>Eka teksti.</td></tr><tr><td>2.1.2024<br>Toka teksti.</td></tr><tr><td>3.1.2024<br>Kolmas teksti.</td></tr><tr><td>Päivitetty 9.1.2024, Maija</td></tr></table>`,
			`# B/B
1.1. Eka teksti.|
2.1. Toka teksti.|
3.1. Kolmas teksti.|`},
		{"titles of writers", `<h1>B</h1><div><p>3.1.2024</p><p><b>Cc</b></p><p>Teksti.</p><div class=job-title>johtaja</div></div><div><p>2.1.2024</p><p><b>Bb</b></p><p>Muuta.</p><div class=job-title>ohjaaja</div></div><div><p>1.1.2024</p><p>Aa</p><p>Toista.</p><div class=job-title>sihteeri</div></div>`,
			`# B/B
3.1. Cc|Teksti.¶johtaja
2.1. Bb|Muuta.¶ohjaaja
1.1. |Aa¶Toista.¶sihteeri`},
		{"titles that end in words of change", `<h1>B</h1><ul><li>Säännöt päivitetty 3.1.2024</li><li>Kokouskutsu jäsenille 2.1.2024</li><li>Hinnasto päivitetty 1.1.2024</li></ul>`,
			`# B/B
3.1. |Säännöt päivitetty
2.1. |Kokouskutsu jäsenille
1.1. |Hinnasto päivitetty`},
		{"a change with a text below it at the end", `<h1>B</h1><h3><a href=/a>Aa</a></h3><p>Julkaistu 3.1.2024</p><p>Eka.</p><h3><a href=/b>Bb</a></h3><p>Julkaistu 2.1.2024</p><p>Toka.</p><h3><a href=/c>Cc</a></h3><p>Päivitetty 1.1.2024</p><p>Kolmas.</p>`,
			`# B/B
3.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>`},
		{"a word before each link", `<h3>1.1.2024</h3><p>Lausunto <a href=/a>Eka pitkä otsikko</a></p><p>Eka.</p><h3>2.1.2024</h3><p>Lausunto <a href=/b>Toka pitkä otsikko</a></p><p>Toka.</p>`,
			`# /
1.1. Eka pitkä otsikko|Lausunto¶Eka. </a>
2.1. Toka pitkä otsikko|Lausunto¶Toka. </b>`},
		{"a change before a text that begins with a date", `<h1>B</h1><article><h3><a href=/a>Aa</a></h3><time class=updated datetime=2024-01-02>2.1.2024</time><p>14.3.2024 tavataan taas.</p></article><article><h3><a href=/b>Bb</a></h3><time class=updated datetime=2024-01-01>1.1.2024</time><p>Toka.</p></article>`,
			`# B/B
2.1. Aa|14.3.2024 tavataan taas. </a>
1.1. Bb|Toka. </b>`},
		{"a box above the first heading", `<div><h2>Seuraava kokous</h2><span class=date>15.3.2024</span><p>klo 18</p></div><h1>Uutiset</h1><div><div><span class=date>2.1.2024</span><h3>Aa</h3><p>Eka.</p></div><div><span class=date>1.1.2024</span><h3>Bb</h3><p>Toka.</p></div></div>`,
			`# Uutiset/Uutiset
2.1. Aa|Eka.
1.1. Bb|Toka.`},
		{"a title that is cut beside the whole one", `<h1>B</h1><ul><li><p>2.1.2024</p><h3><a href=/a>Aa bb cc</a></h3></li><li><p>1.1.2024</p><h3><a href=/b>Bb</a></h3></li><li><p>2.1.2024</p><h3><a href=/a>Aa bb…</a></h3></li></ul>`,
			`# B/B
2.1. Aa bb cc| </a>
1.1. Bb| </b>
2.1. Aa bb…|`},
		{"a number with a year in a <time>", `<h1>B</h1><article><h3><a href=/a>Aa</a></h3><time datetime=2024-03-01>2/2024</time></article><article><h3><a href=/b>Bb</a></h3><time datetime=2024-02-01>1/2024</time></article>`,
			`# B/B
1.3. Aa| </a>
1.2. Bb| </b>`},
		{"a link that repeats the title", `<h1>B</h1><h3><a href=/a>Aa</a></h3><p>2.1.2024</p><p>Eka.</p><p><a href=/a>Aa →</a></p><h3><a href=/b>Bb</a></h3><p>1.1.2024</p><p>Toka.</p><p><a href=/b>Bb →</a></p>`,
			`# B/B
2.1. Aa|Eka. </a>
1.1. Bb|Toka. </b>`},
		{"other links in a dated heading", `<h1>B</h1><article><h3>2.1.2024 <a href=/a>Aa</a> <a href=/x>Tiedotteet</a></h3></article><article><h3>1.1.2024 <a href=/b>Bb</a> <a href=/y>Uutiset</a></h3></article>`,
			`# B/B
2.1. Aa| </a> [Tiedotteet]
1.1. Bb| </b> [Uutiset]`},
		{"a change with a link beside other entries", `<h1>B</h1><ul><li><p>3.1.2024</p><a href=/a>Aa</a></li><li><p>2.1.2024</p><a href=/b>Bb</a></li><li>Päivitetty 1.1.2024 <a href=/c>Cc</a></li></ul>`,
			`# B/B
3.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>`},
		{"parts of posts with their class", `<h1>B</h1><article class="post-2 type-post"><h3><a href=/a>Aa</a></h3><div class="post-2 type-post"><p>2.1.2024</p><p>Eka.</p></div></article><article class="post-1 type-post"><h3><a href=/b>Bb</a></h3><div class="post-1 type-post"><p>1.1.2024</p><p>Toka.</p></div></article>`,
			`# B/B
2.1. Aa|Eka. </a>
1.1. Bb|Toka. </b>`},
		{"columns of a table", `<h1>B</h1><table><tr><td>1.1.2024</td><td>Aa</td><td>Eka pitkä teksti.</td></tr><tr><td>2.1.2024</td><td></td><td>Toka pitkä teksti.</td></tr><tr><td>3.1.2024</td><td></td><td>Kolmas pitkä teksti.</td></tr></table>`,
			`# B/B
1.1. Aa|Eka pitkä teksti.
2.1. |Toka pitkä teksti.
3.1. |Kolmas pitkä teksti.`},
		{"a column of places", `<h1>B</h1><table><tr><td>1.1.2024</td><td>Oulu</td><td>Aa</td></tr><tr><td>2.1.2024</td><td>Turku</td><td>Bb</td></tr><tr><td>3.1.2024</td><td>Pori</td><td>Cc</td></tr><tr><td>4.1.2024</td><td>Oulu</td><td>Dd</td></tr><tr><td>5.1.2024</td><td>Turku</td><td>Ee</td></tr></table>`,
			`# B/B
1.1. Aa| [Oulu]
2.1. Bb| [Turku]
3.1. Cc| [Pori]
4.1. Dd| [Oulu]
5.1. Ee| [Turku]`},
		{"long texts in a table", `<h1>B</h1><table><tr><td>1.1.2024</td><td>Tässä on pitkä teksti, jossa kerrotaan kaikki, mitä tästä asiasta on sanottava, ja vielä vähän lisää, jotta se on pitkä.</td><td>Aa</td></tr><tr><td>2.1.2024</td><td>Tässäkin on pitkä teksti, jossa kerrotaan kaikki, mitä tästä asiasta on sanottava, ja vielä vähän lisää, jotta se on pitkä.</td><td>Bb</td></tr></table>`,
			`# B/B
1.1. Aa|Tässä on pitkä teksti, jossa kerrotaan kaikki, mitä tästä asiasta on sanottava, ja vielä vähän lisää, jotta se on pitkä.
2.1. Bb|Tässäkin on pitkä teksti, jossa kerrotaan kaikki, mitä tästä asiasta on sanottava, ja vielä vähän lisää, jotta se on pitkä.`},
		{"a period above a table in a table", `<h1>B</h1><table><tr><td><p><font>1.1.2024 - 31.1.2024</font></p><table><tr><td><font>Aa</font></td><td><font>12 (<a href=/a>PDF</a>)</font></td><td><font>1.1.2024</font></td></tr><tr><td><font>Bb</font></td><td><font>13 (<a href=/b>PDF</a>)</font></td><td><font>2.1.2024</font></td></tr></table></td></tr></table>`,
			`# B/B
1.1. Aa|12 </a>
2.1. Bb|13 </b>`},
		{"two tables of a day", `<h1>B</h1><div><div><h4>1.1.2024</h4></div><div><table><tr><td>1</td><td><a href=/a>Aa</a></td></tr></table><table><tr><td>2</td><td><a href=/b.pdf>Bb</a></td></tr><tr><td>3</td><td><a href=/c.pdf>Cc</a></td></tr></table></div></div><div><div><h4>2.1.2024</h4></div><div><table><tr><td>4</td><td><a href=/d>Dd</a></td></tr></table><table><tr><td>5</td><td><a href=/e.pdf>Ee</a></td></tr></table></div></div>`,
			`# B/B
1.1. Aa|1 </a>
1.1. Bb|2 </b.pdf>
1.1. Cc|3 </c.pdf>
2.1. Dd|4 </d>
2.1. Ee|5 </e.pdf>`},
		{"long items of a day", `<h1>B</h1><p><b>1.1.2024:</b></p><ul><li><a href=/a>Aa</a> eka</li><li><a href=/b>Bb</a> on pitkä rivi, joka alkaa linkillä ja jatkuu sen jälkeen niin kauan, että sitä ei voi pitää minkään otsikkona vaan se on teksti</li><li><a href=/c>Cc</a> kolmas</li></ul><p><b>2.1.2024:</b></p><ul><li><a href=/d>Dd</a> neljäs</li><li><a href=/e>Ee</a> viides</li></ul>`,
			`# B/B
1.1. Aa|eka </a>
1.1. |Bb on pitkä rivi, joka alkaa linkillä ja jatkuu sen jälkeen niin kauan, että sitä ei voi pitää minkään otsikkona vaan se on teksti </b>
1.1. Cc|kolmas </c>
2.1. Dd|neljäs </d>
2.1. Ee|viides </e>`},
		{"cells that are entries", `<h1>B</h1><table><tr><td><p>1.1.2024</p><h3>Aa</h3></td><td><p>2.1.2024</p><h3>Bb</h3></td></tr><tr><td><p>3.1.2024</p><h3>Cc</h3></td><td><p>4.1.2024</p><h3>Dd</h3></td></tr></table>`,
			`# B/B
1.1. Aa|
2.1. Bb|
3.1. Cc|
4.1. Dd|`},
		{"dates between a few words", `<h1>B</h1><ul><li><h3>Aa</h3><p>Julkaistu 1.1.2024 kirjoittanut Maija Mäki</p></li><li><h3>Bb</h3><p>Bloggat den 2.1.2024 av Liisa Laine</p></li></ul>`,
			`# B/B
1.1. Aa| by Maija Mäki
2.1. Bb| by Liisa Laine`},
		{"dates in titles beside links that are dates", `<h1>B</h1><ul><li><h3><a href=/a>9.9.2024 Aa</a></h3><p><a href=/a>1.1.2024</a></p></li><li><h3><a href=/b>Bb 8.8.2024</a></h3><p><a href=/b>2.1.2024</a></p></li></ul>`,
			`# B/B
1.1. 9.9.2024 Aa| </a>
2.1. Bb 8.8.2024| </b>`},
		{"links in texts that are dates", `<h1>B</h1><ul><li><h3><a href=/a>Aa 1.1.2024</a></h3><p>Tästä kerrottiin jo aikaisemmin, ja kerrotaan siis uudelleen, kuten silloin kaikille luvattiin ja kirjattiin, <a href=/x>9.9.2023</a> ja aina.</p></li><li><h3><a href=/b>Bb 2.1.2024</a></h3><p>Tästä kerrottiin jo aikaisemmin, ja kerrotaan siis uudelleen, kuten silloin kaikille luvattiin ja kirjattiin, <a href=/y>8.8.2023</a> ja aina.</p></li></ul>`,
			`# B/B
1.1. Aa|Tästä kerrottiin jo aikaisemmin, ja kerrotaan siis uudelleen, kuten silloin kaikille luvattiin ja kirjattiin, 9.9.2023 ja aina. </a>
2.1. Bb|Tästä kerrottiin jo aikaisemmin, ja kerrotaan siis uudelleen, kuten silloin kaikille luvattiin ja kirjattiin, 8.8.2023 ja aina. </b>`},
		{"a heading in one gap", `<h1>B</h1><div><p><a href=/a>Aa</a></p><p>3.1.2024</p><h2>2023</h2><p><a href=/b>Bb</a></p><p>2.1.2023</p><p><a href=/c>Cc</a></p><p>1.1.2023</p></div>`,
			`# B/B
3.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>`},
		{"titles that are the same", `<h1>B</h1><ul><li><p>1.1.2024</p><p><a href=/a>Kokous</a></p><p><a href=/x>3 liitettä</a></p></li><li><p>2.1.2024</p><p><a href=/b>Kokous</a></p><p><a href=/y>4 liitettä</a></p></li><li><p>3.1.2024</p><p><a href=/c>Juhla</a></p><p><a href=/z>5 liitettä</a></p></li></ul>`,
			`# B/B
1.1. Kokous| </a>
2.1. Kokous| </b>
3.1. Juhla| </c>`},
		{"links to more in the place of titles", `<h1>B</h1><ul><li><p>1.1.2024</p><p>Eka teksti.</p><p><a href=/a>Avaa</a></p></li><li><p>2.1.2024</p><p>Toka teksti.</p><p><a href=/b>Avaa</a></p></li><li><p>3.1.2024</p><p>Kolmas teksti.</p><p><a href=/c>Avaa</a></p></li><li><p>4.1.2024</p><p>Neljäs teksti.</p><p><a href=/d>Avaa</a></p></li><li><p>5.1.2024</p><p>Viides teksti.</p><p><a href=/e>Juhla</a></p></li></ul>`,
			`# B/B
1.1. |Eka teksti. </a>
2.1. |Toka teksti. </b>
3.1. |Kolmas teksti. </c>
4.1. |Neljäs teksti. </d>
5.1. Juhla|Viides teksti. </e>`},
		{"a URL is no title", `<h1>B</h1><ul><li><p>1.1.2024</p><p>Aa</p><p><a href=http://x.example/a>http://x.example/a</a></p></li><li><p>2.1.2024</p><p>Bb</p><p><a href=http://x.example/b>http://x.example/b</a></p></li></ul>`,
			`# B/B
1.1. |Aa <http://x.example/a>
2.1. |Bb <http://x.example/b>`},
		{"dates that are links among titles", `<h1>B</h1><ul><li><a href=/a>Vuosikokous 1.1.2024</a></li><li><a href=/b>2.1.2024</a></li><li><a href=/c>3.1.2024</a></li></ul>`,
			`# B/B
1.1. Vuosikokous| </a>
2.1. 2.1.2024| </b>
3.1. 3.1.2024| </c>`},
		{"dates that lead to archives", `<h1>B</h1><ul><li><h3>Aa</h3><p><a href=/arkisto/2024/01/>1.1.2024</a></p><p>Eka.</p></li><li><h3>Bb</h3><p><a href=/arkisto/2024/02/>2.2.2024</a></p><p>Toka.</p><p><a href=/b>Lue lisää</a></p></li></ul>`,
			`# B/B
1.1. Aa|Eka.
2.2. Bb|Toka. </b>`},
		{"addresses of categories and writers", `<h1>B</h1><ul><li><h3><a href=/1>Aa</a></h3><p>1.1.2024</p><p><a href=/category/x>Röda Linser</a></p><p><a href=/author/m>maija</a></p></li><li><h3><a href=/2>Bb</a></h3><p>2.1.2024</p><p><a href=/category/y>Game Dev</a></p><p><a href=/author/l>liisa</a></p></li></ul>`,
			`# B/B
1.1. Aa| </1> [Röda Linser] by maija
2.1. Bb| </2> [Game Dev] by liisa`},
		{"links that are not shown", `<h1>B</h1><ul><li><h3>Aa</h3><p>1.1.2024</p><p><a href=/1><img></a><a href=/x style="display: none">Piilossa</a></p></li><li><h3>Bb</h3><p>2.1.2024</p><p><a href=/2><img></a><a href=/y style="display: none">Piilossa</a></p></li></ul>`,
			`# B/B
1.1. Aa| </1>
2.1. Bb| </2>`},
		{"a wrapper named after the sidebar", `<div class=content-sidebar-wrap><h1>B</h1><ul><li><h3>Aa</h3><p>1.1.2024</p></li><li><h3>Bb</h3><p>2.1.2024</p></li></ul></div><div><ul><li>5.5.2024 Xx</li><li>6.6.2024 Yy</li></ul></div>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"a time in the title of a span", `<h1>B</h1><ul><li><h3>Aa</h3><span title="2024-01-01 12:00:00">01-01</span></li><li><h3>Bb</h3><span title="2024-01-02 00:00:00 +0000 UTC">1 月 2 日</span></li></ul>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"a bracket before a date", `<h1>B</h1><ul><li><p><a href=/1>Aa (x) (1.1.2024)</a></p></li><li><p><a href=/2>Bb (y) (2.1.2024)</a></p></li></ul>`,
			`# B/B
1.1. Aa (x)| </1>
2.1. Bb (y)| </2>`},
		{"classes that count", `<h1>B</h1><div class="post-1 a"><p>1.1.2024</p><a href=/a>Aa</a></div><div class="post-2 b"><p>eilen</p><a href=/b>Bb</a></div><div class="post-3 c"><p>3.1.2024</p><a href=/c>Cc</a></div>`,
			`# B/B
1.1. Aa| </a>
3.1. Cc| </c>
! eilen¶Bb`},
		{"two texts with one link", `<h1>B</h1><ul><li><p>1.1.2024</p><p>Eka asia. <a href=/x>PDF</a></p></li><li><p>1.1.2024</p><p>Toka asia. <a href=/x>PDF</a></p></li></ul>`,
			`# B/B
1.1. |Eka asia. [PDF]
1.1. |Toka asia. [PDF]`},
		{"a link that says the title", `<h1>B</h1><ul><li><h3>Aa</h3><p>1.1.2024</p><p>Teksti, <a href=/x>josta</a> on kyse.</p><a href=/a>Aa</a></li><li><h3>Bb</h3><p>2.1.2024</p><p>Teksti, <a href=/y>josta</a> on kyse.</p><a href=/b>Bb</a></li></ul>`,
			`# B/B
1.1. Aa|Teksti, josta on kyse. </a>
2.1. Bb|Teksti, josta on kyse. </b>`},
		{"numbers of cases are no titles", `<h1>B</h1><table><tr><td>1.1.2024</td><td>22-003</td><td>Mäki v. Laine</td></tr><tr><td>2.1.2024</td><td>22-004</td><td>Ek v. Ståhl</td></tr></table>`,
			`# B/B
1.1. Mäki v. Laine|22-003
2.1. Ek v. Ståhl|22-004`},
		{"an article with long paragraphs", `<main><h1>Aa</h1><p>1.1.2024</p><p>Tässä on pitkä kappale, jossa kerrotaan kaikki, mitä tästä asiasta on sanottava, ja vielä vähän lisää, jotta se on varmasti pitkä kappale eikä mikään lyhyt otsikko tai linkki.</p><ul><li><a href=/x>Xx</a></li></ul></main>`,
			`# Aa/
1.1. Aa|Tässä on pitkä kappale, jossa kerrotaan kaikki, mitä tästä asiasta on sanottava, ja vielä vähän lisää, jotta se on varmasti pitkä kappale eikä mikään lyhyt otsikko tai linkki. </vates/artikkelit>`},
		{"a date in the text of one entry", `<h1>B</h1><div><div><h3><a href=/a>Aa</a></h3><p>1.1.2024</p><p>Eka.</p><p>Päivitetty 5.1.2024</p></div><div><h3><a href=/b>Bb</a></h3><p>2.1.2024</p></div><div><h3><a href=/c>Cc</a></h3><p>3.1.2024</p></div></div>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb| </b>
3.1. Cc| </c>`},
		{"sections of few entries", `<h1>B</h1><div><div><h2>S1</h2><section><p>1.1.2024</p><h3>Aa</h3></section><section><p>2.1.2024</p><h3>Bb</h3></section></div><div><h2>S2</h2><section><p>3.1.2024</p><h3>Cc</h3></section></div><div><h2>S3</h2><section><p>4.1.2024</p><h3>Dd</h3></section></div></div>`,
			`# B/S1
1.1. Aa|
2.1. Bb|
# B/S2
3.1. Cc|
# B/S3
4.1. Dd|`},
		{"days above list items", `<h1>B</h1><h3>2.1.2024</h3><ul><li><a href=/a>Aa</a></li><li><a href=/b>Bb</a> Teksti.</li></ul><h3>1.1.2024</h3><ul><li><a href=/c>Cc</a></li></ul>`,
			`# B/B
2.1. Aa| </a>
2.1. Bb|Teksti. </b>
1.1. Cc| </c>`},
		{"days above headings", `<h1>B</h1><p>2.1.2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><p>1.1.2024</p><h3><a href=/c>Cc</a></h3><p>Kolmas.</p>`,
			`# B/B
2.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>`},
		{"days above links", `<h1>B</h1><dl><dt>2.1.2024</dt><dd><a href=/a>Aa</a></dd><dd><a href=/b>Bb</a></dd><dt>1.1.2024</dt><dd><a href=/c>Cc</a></dd></dl><p><a href=/x>Arkisto</a></p>`,
			`# B/B
2.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>`},
		{"days above tables", `<h1>B</h1><div><div><p>2.1.2024</p><table><caption>Asiat</caption><thead><tr><th>Nro</th><th>Asia</th></tr></thead><tr><td>21-1</td><td><a href=/a>Aa</a></td></tr><tr><td>21-2</td><td><a href=/b>Bb</a></td></tr></table></div><div><p>1.1.2024</p><table><thead><tr><th>Nro</th><th>Asia</th></tr></thead><tr><td>21-3</td><td><a href=/c>Cc</a></td></tr></table></div></div>`,
			`# B/B
2.1. Aa|21-1 </a>
2.1. Bb|21-2 </b>
1.1. Cc|21-3 </c>`},
		{"headings in texts", `<h1>B</h1><div><div><p>2.1.2024</p><h2>Aa <a href=#a>#</a></h2><p>Eka.</p><h2>Väli <a href=#v>#</a></h2><p>Lisää.</p></div><div><p>1.1.2024</p><h2>Bb</h2><p>Toka.</p></div></div>`,
			`# B/B
2.1. Aa #|Eka.¶Väli #¶Lisää.
1.1. Bb|Toka.`},
		{"days above terms", `<h1>B</h1><h3>2.1.2024</h3><dl><dt><a href=/a>Aa</a></dt><dd>Eka.</dd><dt><a href=/b>Bb</a></dt><dd>Toka.</dd></dl><h3>1.1.2024</h3><dl><dt><a href=/c>Cc</a></dt><dd>Kolmas.</dd></dl>`,
			`# B/B
2.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>`},
		{"days above elements", `<h1>B</h1><h3>2.1.2024</h3><div class=i><a href=/a>Aa</a><p>Eka.</p></div><div class=i><a href=/b>Bb</a><p>Toka.</p></div><h3>1.1.2024</h3><div class=i><a href=/c>Cc</a><p>Kolmas.</p></div><div class=i><a href=/d>Dd</a><p>Neljäs.</p></div><div class=more><a href=/more>Vanhemmat</a></div>`,
			`# B/B
2.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>
1.1. Dd|Neljäs. </d>`},
		{"days around cards", `<h1>B</h1><div><div class=day><div>2.1.2024</div><div class=card><p>Xx</p><h3><a href=/a>Aa</a></h3><p>Eka.</p></div><div class=card><p>Xx</p><h3><a href=/b>Bb</a></h3><p>Toka.</p></div></div><div class=day><div>1.1.2024</div><div class=card><p>Xx</p><h3><a href=/c>Cc</a></h3><p>Kolmas.</p></div><div class=card><p>Xx</p><h3><a href=/d>Dd</a></h3><p>Neljäs.</p></div><div class=card><p>Xx</p><h3><a href=/e>Ee</a></h3><p>Viides.</p></div></div></div>`,
			`# B/B
2.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>
1.1. Dd|Neljäs. </d>
1.1. Ee|Viides. </e>`},
		{"days above paragraphs", `<h1>B</h1><h3>2.1.2024</h3><p><a href=/a>Aa</a></p><p><a href=/b>Bb</a></p><h3>1.1.2024</h3><p><a href=/c>Cc</a></p><p><a href=/more>Vanhemmat</a></p>`,
			`# B/B
2.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>`},
		{"labels below titles are no days", `<h1>B</h1><div><time>2.1.2024</time><div class=row><h3><a href=/a>Aa</a></h3></div><div class=row><a href=/aiheet/x>Xx</a></div></div><div><time>1.1.2024</time><div class=row><h3><a href=/b>Bb</a></h3></div><div class=row><a href=/aiheet/y>Yy</a></div></div>`,
			`# B/B
2.1. Aa| </a>
1.1. Bb| </b>`},
		{"sentences with links are no days", `<h1>B</h1><h3>2.1.2024</h3><p><a href=/a>Aa</a></p><p><a href=/ohjelma>Ohjelma</a> on verkossa.</p><h3>1.1.2024</h3><p><a href=/b>Bb</a></p><p><a href=/kutsu>Kutsu</a> on verkossa.</p>`,
			`# B/B
2.1. Aa|Ohjelma on verkossa. </a>
1.1. Bb|Kutsu on verkossa. </b>`},
		{"days above items of many classes", `<h1>B</h1><h3>2.1.2024</h3><ul><li class=odd><a href=/a>Aa</a></li><li class=even><a href=/b>Bb</a></li></ul><h3>1.1.2024</h3><ul><li class=odd><a href=/c>Cc</a></li></ul>`,
			`# B/B
2.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>`},
		{"links below dates in texts are no days", `<h1>B</h1><div class=d>2.1.2024</div><p class=t><a href=/a>Aa</a></p><p class=t><a href=/ilmo1>Ilmoittaudu kurssille</a></p><div class=d>1.1.2024</div><p class=t><a href=/b>Bb</a></p><p class=t><a href=/ilmo2>Ilmoittaudu retkelle</a></p>`,
			`# B/B
2.1. Aa| </a>
1.1. Bb| </b>`},
		{"links in entries are no days", `<h1>B</h1><div><h6>2.1.2024</h6><div class=row><a href=/a>Aa</a></div><div class=row><a href=/ilmo1>Ilmoittaudu kurssille</a></div></div><div><h6>1.1.2024</h6><div class=row><a href=/b>Bb</a></div><div class=row><a href=/ilmo2>Ilmoittaudu retkelle</a></div></div>`,
			`# B/B
2.1. Aa| </a>
1.1. Bb| </b>`},
		{"days above lines", `<h1>B</h1><h3>2.1.2024</h3><p><a href=/a>Aa</a><br><a href=/b>Bb</a></p><h3>1.1.2024</h3><p><a href=/c>Cc</a><br><a href=/d>Dd</a></p>`,
			`# B/B
2.1. Aa| </a>
2.1. Bb| </b>
1.1. Cc| </c>
1.1. Dd| </d>`},
		{"days above the same links", `<h1>B</h1><h3>2.1.2024</h3><ul><li><a href=/a>Suomeksi</a></li><li><a href=/b>PDF</a></li><li><a href=/b2>PDF</a></li></ul><h3>1.1.2024</h3><ul><li><a href=/c>Suomeksi</a></li><li><a href=/d>PDF</a></li><li><a href=/d2>PDF</a></li></ul>`,
			`# B/B
2.1. |Suomeksi¶PDF¶PDF </a>
1.1. |Suomeksi¶PDF¶PDF </c>`},
		{"links below the last day", `<h1>B</h1><p>2.3.2024</p><p><a href=/a>Aa</a></p><p>1.3.2024</p><p><a href=/b>Bb</a></p><p><a href=/arkisto>Arkisto</a></p><ul><li><a href=/2>2</a></li><li><a href=/3>3</a></li></ul>`,
			`# B/B
2.3. Aa| </a>
1.3. Bb| </b>`},
		{"writers and labels below a title", `<h1>B</h1><dl><dt>2.3.2024</dt><dd><a href=/a>Aa</a></dd><dd><a href=/category/m>Työ</a></dd><dt>1.3.2024</dt><dd><a href=/b>Bb</a></dd><dd><a href=/category/l>Koti</a></dd></dl>`,
			`# B/B
2.3. Aa| </a> [Työ]
1.3. Bb| </b> [Koti]`},
		{"lists of changes", `<h1>B</h1><h3>2.3.2024</h3><ul><li>Korjattu (<a href=/i/1>#1</a>)</li><li>Parannettu (<a href=/i/2>#2</a>)</li></ul><h3>1.3.2024</h3><ul><li>Korjattu (<a href=/i/3>#3</a>)</li></ul>`,
			`# B/B
2.3. #1|Korjattu¶Parannettu (#2) </i/1>
1.3. #3|Korjattu </i/3>`},
		{"headings with addresses of their own", `<h1>B</h1><div><p>2.3.2024</p><h2><a href=/a>Aa</a></h2><p>Eka.</p><h2>Väli<a href=/a#v>#</a></h2><p>Lisää.</p></div><div><p>1.3.2024</p><h2><a href=/b>Bb</a></h2><p>Toka.</p></div>`,
			`# B/B
2.3. Aa|Eka.¶Väli#¶Lisää. </a>
1.3. Bb|Toka. </b>`},
		{"flat sections of few entries", `<h1>B</h1><section><h2>2024</h2><p>1.2.2024</p><p><a href=/1>Aa</a></p></section><section><h2>2023</h2><p>1.3.2023</p><p><a href=/2>Bb</a></p></section><section><h2>2022</h2><p>1.4.2022</p><p><a href=/3>Cc</a></p><p>1.1.2022</p><p><a href=/4>Dd</a></p></section>`,
			`# B/B
1.2. Aa| </1>
1.3. Bb| </2>
1.4. Cc| </3>
1.1. Dd| </4>`},
		{"dates last, and then others", `<div><p>Eka.</p><p>1.1.2024</p><p>2.1.2024</p><h3>Aa</h3><p>Toka.</p></div><p>2.1.2024</p>`,
			`# /
1.1. |Eka.
2.1. |Toka.`},
		{"a column that is missing", `<h1>B</h1><table><tr><th rowspan=3>2024</th><td>3.3.2024</td><td><a href=/a>Aa</a></td></tr><tr><td>2.3.2024</td><td><a href=/b>Bb</a></td></tr><tr><td>1.3.2024</td><td><a href=/c>Cc</a></td></tr></table>`,
			`# B/B
3.3. Aa|2024 </a>
2.3. Bb| </b>
1.3. Cc| </c>`},
		{"dates beside numbers of cases", `<h1>B</h1><p><a href=/a>Aa</a>, No. 12, Filed January 1, 2024, 1 KM</p><p><a href=/b>Bb</a>, No. 13, Filed January 2, 2024, 2 KM</p>`,
			`# B/B
1.1. Aa|No. 12, Filed¶1 KM </a>
2.1. Bb|No. 13, Filed¶2 KM </b>`},
		{"years are no counters", `<h1>B</h1><table><tr><td>1.1.2024</td><td>Vuosikertomus 2023</td></tr><tr><td>1.1.2023</td><td>Vuosikertomus 2022</td></tr><tr><td>1.1.2022</td><td>Vuosikertomus 2021</td></tr></table>`,
			`# B/B
1.1. Vuosikertomus 2023|
1.1. Vuosikertomus 2022|
1.1. Vuosikertomus 2021|`},
		{"headings in some texts", `<h1>B</h1><div><div><p><a href=/a>Aa</a></p><p>1.1.2024</p><h4>Väli</h4><p>Eka.</p></div><div><p><a href=/b>Bb</a></p><p>2.1.2024</p><p>Toka.</p></div><div><p><a href=/c>Cc</a></p><p>3.1.2024</p><p>Kolmas.</p></div></div>`,
			`# B/B
1.1. Aa|Väli¶Eka. </a>
2.1. Bb|Toka. </b>
3.1. Cc|Kolmas. </c>`},
		{"links in texts are no titles", `<h1>B</h1><ul><li><p>1.1.2024</p><p>Katso <a href=/x>opas</a> ja jaa.</p></li><li><p>2.1.2024</p><p>Lue <a href=/y>ohje</a> ja kysy.</p></li></ul>`,
			`# B/B
1.1. |Katso opas ja jaa. </x>
2.1. |Lue ohje ja kysy. </y>`},
		{"links at the end of texts", `<h1>B</h1><p>1.1.2024<br>Kevään ohjelma on nyt valmis, ja se on <a href=/x>tässä</a></p><p>2.1.2024<br>Kokous pidettiin. <a href=/y>Pöytäkirja</a></p><p>3.1.2024<br>KM 12, <a href=/z>Mäki v. Ek</a></p>`,
			`# B/B
1.1. |Kevään ohjelma on nyt valmis, ja se on tässä </x>
2.1. |Kokous pidettiin. Pöytäkirja </y>
3.1. Mäki v. Ek|KM 12, </z>`},
		{"labels before titles", `<h1>B</h1><div><div><a href=/category/1>Työ</a><br><a href=/a>Aa</a><br>1.1.2024</div><div><a href=/category/2>Koti</a><br><a href=/b>Bb</a><br>2.1.2024</div></div>`,
			`# B/B
1.1. Aa| </a> [Työ]
2.1. Bb| </b> [Koti]`},
		{"links that are most of a text", `<h1>B</h1><ul><li><p>1.1.2024</p><p>Tiedote <a href=/x>Uusi opas ilmestyi</a> (pdf)</p></li><li><p>2.1.2024</p><p>Tiedote <a href=/y>Vanha ohje poistui</a> (pdf)</p></li></ul>`,
			`# B/B
1.1. Uusi opas ilmestyi|Tiedote¶(pdf) </x>
2.1. Vanha ohje poistui|Tiedote¶(pdf) </y>`},
		{"headings with few texts", `<h1>B</h1><ul><li><h4><a href=/a>Uutiset</a></h4><p>1.1.2024</p><p><a href=/a>Aa</a></p></li><li><h4><a href=/b>Blogi</a></h4><p>2.1.2024</p><p><a href=/b>Bb</a></p></li><li><h4><a href=/c>Uutiset</a></h4><p>3.1.2024</p><p><a href=/c>Cc</a></p></li><li><h4><a href=/d>Blogi</a></h4><p>4.1.2024</p><p><a href=/d>Dd</a></p></li><li><h4><a href=/e>Blogi</a></h4><p>5.1.2024</p><p><a href=/e>Ee</a></p></li></ul>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>
3.1. Cc| </c>
4.1. Dd| </d>
5.1. Ee| </e>`},
		{"buttons beside titles", `<h1>B</h1><div><h3><a href=/a>Aa</a> <button>Kopioi</button></h3><p>1.1.2024</p></div><div><h3><a href=/b>Bb</a> <button>Kopioi</button></h3><p>2.1.2024</p></div>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"lists that are texts", `<h1>B</h1><h3>2.1.2024</h3><ul><li>Korjattu eka.</li><li>Korjattu <a href=/b>toka</a>.</li></ul><h3>1.1.2024</h3><ul><li>Korjattu kolmas.</li></ul>`,
			`# B/B
2.1. |Korjattu eka.¶Korjattu toka. </b>
1.1. |Korjattu kolmas.`},
		{"buttons in headings", `<h1>B</h1><div><h2><button>Aa</button></h2><p>1.1.2024</p></div><div><h2><button>Bb</button></h2><p>2.1.2024</p><button>Jaa</button></div>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"anchors of headings", `<h1>B</h1><div><h2 id=a>Aa <a href=#a>¶</a></h2><p>1.1.2024</p></div><div><h2 id=b>Bb <a href=#b>¶</a></h2><p>2.1.2024</p></div>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"a third has titles", `<h1>B</h1><ul><li>1.1.2024 <a href=/a>Aa</a><h4>Mukana</h4></li><li>2.1.2024 <a href=/b>Bb</a></li><li>3.1.2024 <a href=/c>Cc</a></li><li>4.1.2024 <a href=/d>Dd</a></li></ul>`,
			`# B/B
1.1. Aa|Mukana </a>
2.1. Bb| </b>
3.1. Cc| </c>
4.1. Dd| </d>`},
		{"classes tell slots apart", `<h1>B</h1><ul><li>1.1.2024<div class=k>Blogi</div><div class=t>Eka teksti</div></li><li>2.1.2024<div class=t>Toka teksti</div></li><li>3.1.2024<div class=k>Uutiset</div><div class=t>Kolmas teksti</div></li><li>4.1.2024<div class=k>Blogi</div><div class=t>Neljäs teksti</div></li><li>5.1.2024<div class=k>Blogi</div><div class=t>Viides teksti</div></li></ul>`,
			`# B/B
1.1. |Eka teksti [Blogi]
2.1. |Toka teksti
3.1. |Kolmas teksti [Uutiset]
4.1. |Neljäs teksti [Blogi]
5.1. |Viides teksti [Blogi]`},
		{"paragraphs after the fourth are alike", `<h1>B</h1><ul><li>1.1.2024<p>a</p><p>b</p><p>c</p><p>d</p><p>Huom</p></li><li>2.1.2024<p>e</p><p>f</p><p>g</p><p>h</p><p>Huom</p></li><li>3.1.2024<p>i</p><p>j</p><p>k</p><p>l</p><p>m</p><p>n</p></li></ul>`,
			`# B/B
1.1. |a¶b¶c¶d¶Huom
2.1. |e¶f¶g¶h¶Huom
3.1. |i¶j¶k¶l¶m¶n`},
		{"a long line is one text", `<h1>B</h1><ul><li><h3>AA</h3><p>1.1.2024</p><p>Näin kirjoittaa meille tänään erikoistutkija <a href=/1>Maija Mäki</a>, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.</p></li><li><h3>BB</h3><p>2.1.2024</p><p>Näin kirjoittaa meille tänään erikoistutkija <a href=/0>Liisa Laine</a>, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.</p></li><li><h3>CC</h3><p>3.1.2024</p><p>Näin kirjoittaa meille tänään erikoistutkija <a href=/1>Maija Mäki</a>, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.</p></li><li><h3>DD</h3><p>4.1.2024</p><p>Näin kirjoittaa meille tänään erikoistutkija <a href=/0>Liisa Laine</a>, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.</p></li></ul>`,
			`# B/B
1.1. AA|Näin kirjoittaa meille tänään erikoistutkija Maija Mäki, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.
2.1. BB|Näin kirjoittaa meille tänään erikoistutkija Liisa Laine, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.
3.1. CC|Näin kirjoittaa meille tänään erikoistutkija Maija Mäki, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.
4.1. DD|Näin kirjoittaa meille tänään erikoistutkija Liisa Laine, joka on tutkinut tätä asiaa jo kauan ja tuntee sen hyvin.`},
		{"a link ends a long line", `<h1>B</h1><ul><li><h3>Aa</h3><p>1.1.2024</p><p>Pitkä teksti, jossa kerrotaan monta asiaa niin, että siihen kuluu ainakin sata kaksikymmentä tavua ja vielä vähän lisää. <a href=/1>Lue lisää</a></p></li><li><h3>Bb</h3><p>2.1.2024</p><p>Lyhyt teksti.</p></li></ul>`,
			`# B/B
1.1. Aa|Pitkä teksti, jossa kerrotaan monta asiaa niin, että siihen kuluu ainakin sata kaksikymmentä tavua ja vielä vähän lisää. </1>
2.1. Bb|Lyhyt teksti.`},
		{"spans beside the date", `<h1>B</h1><ul><li><p><span>1.1.2024</span> <span>Blogi</span> <span>Maija Mäki</span></p><h3>Aa</h3></li><li><p><span>2.1.2024</span> <span>Uutiset</span> <span>Liisa Laine</span></p><h3>Bb</h3></li><li><p><span>3.1.2024</span> <span>Blogi</span> <span>Maija Mäki</span></p><h3>Cc</h3></li></ul>`,
			`# B/B
1.1. Aa| [Blogi] by Maija Mäki
2.1. Bb| [Uutiset] by Liisa Laine
3.1. Cc| [Blogi] by Maija Mäki`},
		{"signs after a link", `<h1>B</h1><ul><li><h3>Aa</h3><p>1.1.2024</p><p>Kokous on <a href=/t>Turussa</a>.</p></li><li><h3>Bb</h3><p>2.1.2024</p><p>Kokous on <a href=/k>Kotkassa</a>!</p></li></ul>`,
			`# B/B
1.1. Aa|Kokous on Turussa. </t>
2.1. Bb|Kokous on Kotkassa! </k>`},
		{"all that it says are links", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3></li><li><p>2.1.2024</p><h3>Bb</h3></li><li><p>3.1.2024</p><p><a href=/1>Yksi</a> <a href=/2>Kaksi</a></p></li></ul>`,
			`# B/B
1.1. Aa|
2.1. Bb|
3.1. |Yksi Kaksi`},
		{"counts beside the date", `<h1>B</h1><ul><li><p><span>1.1.2024</span> <span>12</span></p><h3>Aa</h3></li><li><p><span>2.1.2024</span> <span>3</span></p><h3>Bb</h3></li></ul>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"signs around a title", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>– Aa</h3></li><li><p>2.1.2024</p><h3>– Bb</h3></li></ul>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"the link of the date", `<h1>B</h1><ul><li><h3>Aa</h3><p><a href=/a>1.1.2024</a></p><p>Katso myös <a href=/x>sivu</a>.</p></li><li><h3>Bb</h3><p><a href=/b>2.1.2024</a></p><p>Teksti.</p></li></ul>`,
			`# B/B
1.1. Aa|Katso myös sivu. </a>
2.1. Bb|Teksti. </b>`},
		{"the link to more", `<h1>B</h1><ul><li><h3>Aa</h3><p>1.1.2024</p><p>Katso myös <a href=/x>sivu</a>.</p><p><a href=/a>Lue lisää</a></p></li><li><h3>Bb</h3><p>2.1.2024</p><p>Teksti.</p><p><a href=/b>Lue lisää</a></p></li></ul>`,
			`# B/B
1.1. Aa|Katso myös sivu. </a>
2.1. Bb|Teksti. </b>`},
		{"the only link of a flat entry", `<h1>B</h1><div><p>1.1.2024</p><p>Eka.</p><p><a href=/a><img src=a></a></p><p>2.1.2024</p><p>Toka.</p><p><a href=/b><img src=b></a></p></div>`,
			`# B/B
1.1. |Eka. </a>
2.1. |Toka. </b>`},
		{"a title keeps a shared link", `<h1>B</h1><ul><li><p>1.1.2024</p><h3><a href=/a>Aa</a></h3></li><li><p>2.1.2024</p><p>Korjaus. <a href=/a>Juttu</a></p></li></ul>`,
			`# B/B
1.1. Aa| </a>
2.1. |Korjaus. Juttu`},
		{"titles share a link", `<h1>B</h1><h2>X</h2><ul><li><p>4.1.2024</p><h3><a href=/a>Aa</a></h3></li><li><p>3.1.2024</p><h3><a href=/a>Bb</a></h3></li></ul><h2>Y</h2><ul><li><p>2.1.2024</p><h3><a href=/a>Cc</a></h3></li><li><p>1.1.2024</p><h3><a href=/d>Dd</a></h3></li></ul>`,
			`# B/X
4.1. Aa| </a>
3.1. Bb| </a>
# B/Y
2.1. Cc|
1.1. Dd| </d>`},
		{"text that begins as links to more", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Lue tästä, miten kaikki alkoi.</p></li><li><p>2.1.2024</p><h3>Bb</h3><p>Teksti tästä.</p></li></ul>`,
			`# B/B
1.1. Aa|Lue tästä, miten kaikki alkoi.
2.1. Bb|Teksti tästä.`},
		{"links to more by repetition", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Eka, josta on <a href=/x>kuva</a>.</p><p><a href=/a>Avaa juttu</a></p></li><li><p>2.1.2024</p><h3>Bb</h3><p>Toka, josta on <a href=/y>myös</a>.</p><p><a href=/b>Avaa juttu</a></p></li><li><p>3.1.2024</p><h3>Cc</h3><p>Teksti.</p><p><a href=/c>Avaa juttu</a></p></li></ul>`,
			`# B/B
1.1. Aa|Eka, josta on kuva. </a>
2.1. Bb|Toka, josta on myös. </b>
3.1. Cc|Teksti. </c>`},
		{"numbers are no labels", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Hinta 10 e</p></li><li><p>2.1.2024</p><h3>Bb</h3><p>Hinta 10 e</p></li><li><p>3.1.2024</p><h3>Cc</h3><p>Hinta 12 e</p></li></ul>`,
			`# B/B
1.1. Aa|Hinta 10 e
2.1. Bb|Hinta 10 e
3.1. Cc|Hinta 12 e`},
		{"one label beside all dates", `<h1>B</h1><ul><li><p><span>1.1.2024</span> <span>Blogi</span></p><h3>Aa</h3></li><li><p><span>2.1.2024</span> <span>Blogi</span></p><h3>Bb</h3></li><li><p><span>3.1.2024</span> <span>Blogi</span></p><h3>Cc</h3></li></ul>`,
			`# B/B
1.1. Aa| [Blogi]
2.1. Bb| [Blogi]
3.1. Cc| [Blogi]`},
		{"labels lead to one place", `<h1>B</h1><ul><li><h3>Aa</h3><p>1.1.2024</p><p><a href=/k/1>Työllisyyden edistämisen hankkeet</a></p></li><li><h3>Bb</h3><p>2.1.2024</p><p><a href=/k/2>Koulutuksen ja ohjauksen hankkeet</a></p></li><li><h3>Cc</h3><p>3.1.2024</p><p><a href=/k/1>Työllisyyden edistämisen hankkeet</a></p></li><li><h3>Dd</h3><p>4.1.2024</p><p><a href=/k/2>Koulutuksen ja ohjauksen hankkeet</a></p></li></ul>`,
			`# B/B
1.1. Aa| [Työllisyyden edistämisen hankkeet]
2.1. Bb| [Koulutuksen ja ohjauksen hankkeet]
3.1. Cc| [Työllisyyden edistämisen hankkeet]
4.1. Dd| [Koulutuksen ja ohjauksen hankkeet]`},
		{"an author of answers", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p class=author>2 kommenttia</p></li><li><p>2.1.2024</p><h3>Bb</h3><p class=author>Maija</p></li></ul>`,
			`# B/B
1.1. Aa|
2.1. Bb| by Maija`},
		{"a name around which is said author", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p class=author><span>maija</span></p></li><li><p>2.1.2024</p><h3>Bb</h3><p class=author><span>liisa</span></p></li></ul>`,
			`# B/B
1.1. Aa| by maija
2.1. Bb| by liisa`},
		{"texts among which is an author", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><div class=authors><div><p>Eka</p><p>teksti</p></div></div></li><li><p>2.1.2024</p><h3>Bb</h3><div class=authors><div><p>Toka</p><p>muu</p></div></div></li></ul>`,
			`# B/B
1.1. Aa|Eka¶teksti
2.1. Bb|Toka¶muu`},
		{"links to tags are no articles", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Teksti.</p><p><a rel=tag href=/t/1>Yksi</a></p></li><li><p>2.1.2024</p><h3>Bb</h3><p>Teksti.</p><p><a rel=author href=/w/1>Maija</a></p></li></ul>`,
			`# B/B
1.1. Aa|Teksti. [Yksi]
2.1. Bb|Teksti. by Maija`},
		{"link titles above the dates", `<h1>B</h1><div><p><a href=/a>Aa</a></p><p>1.1.2024</p><p>Eka.</p><p><a href=/b>Bb</a></p><p>2.1.2024</p><p>Toka.</p><p><a href=/c>Cc</a></p><p>3.1.2024</p><p>Kolmas.</p></div>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
3.1. Cc|Kolmas. </c>`},
		{"stressed titles above the dates", `<h1>B</h1><div><p><b>Aa</b></p><p>1.1.2024</p><p>Eka.</p><p><b>Bb</b></p><p>2.1.2024</p><p>Toka.</p><p><b>Cc</b></p><p>3.1.2024</p><p>Kolmas.</p></div>`,
			`# B/B
1.1. Aa|Eka.
2.1. Bb|Toka.
3.1. Cc|Kolmas.`},
		{"a flat entry ends at an aside", `<h1>B</h1><div><p>1.1.2024</p><p>Eka.</p><p>2.1.2024</p><p>Toka.</p><div class=related><p>Muuta.</p></div></div>`,
			`# B/B
1.1. |Eka.
2.1. |Toka.`},
		{"dates last, below a heading", `<h1>B</h1><div><h2>Uutiset</h2><p>Eka.</p><p>1.1.2024</p><p>Toka.</p><p>Lisää.</p><p>2.1.2024</p></div>`,
			`# B/Uutiset
1.1. |Eka.
2.1. |Toka.¶Lisää.`},
		{"entries do not overlap", `<h1>B</h1><div><div class=e><p>1.1.2024</p></div><p>Eka.</p><section><div class=e><p>5.1.2024</p></div><p>Sisä.</p><div class=e><p>6.1.2024</p></div><p>Sisä.</p></section><div class=e><p>2.1.2024</p></div><p>Toka.</p><div class=e><p>3.1.2024</p></div><p>Kolmas.</p></div>`,
			`# B/B
1.1. |Eka.
5.1. |Sisä.
6.1. |Sisä.
2.1. |Toka.
3.1. |Kolmas.`},
		{"one text between entries", `<h1>B</h1><div><div><p>1.1.2024</p><h3>Aa</h3></div><div><p>2.1.2024</p><h3>Bb</h3></div><p>Mainos.</p><div><p>3.1.2024</p><h3>Cc</h3></div><div><p>4.1.2024</p><h3>Dd</h3></div></div>`,
			`# B/B
1.1. Aa|
2.1. Bb|
3.1. Cc|
4.1. Dd|`},
		{"headings between entries", `<h1>B</h1><div><div><p>1.1.2024</p><b>Aa</b></div><h2>Tammi</h2><div><p>2.1.2024</p><b>Bb</b></div><h2>Helmi</h2><div><p>3.2.2024</p><b>Cc</b></div><p>Sivu 1.</p></div>`,
			`# B/B
1.1. Aa|
2.1. Bb|
3.2. Cc|`},
		{"dates in texts are others", `<h1>B</h1><div><p>1.1.2024</p><p>Eka.</p><p>2.1.2024 on se päivä, jona kaikki alkoi uudelleen. Siitä kerrotaan tässä tekstissä.</p><p>3.1.2024</p><p>Toka.</p></div>`,
			`# B/B
1.1. |Eka.¶2.1.2024 on se päivä, jona kaikki alkoi uudelleen. Siitä kerrotaan tässä tekstissä.
3.1. |Toka.`},
		{"many dates in a line", `<h1>B</h1><p><b>1.1.2024</b> Eka. <b>2.1.2024</b> Toka. <b>3.1.2024</b> Kolmas. <b>4.1.2024</b> Neljäs. <b>5.1.2024</b> Viides. <b>6.1.2024</b> Kuudes.</p>`,
			`# B/B
1.1. |Eka.
2.1. |Toka.
3.1. |Kolmas.
4.1. |Neljäs.
5.1. |Viides.
6.1. |Kuudes.`},
		{"an only date in the body", `<body><p>1.1.2024</p><p>Teksti.</p><footer><p>Osoite</p></footer></body>`,
			`# /
1.1. |Teksti.`},
		{"a date in the page's heading", `<main><div class=post><h1>Kokous 12.5.2024</h1><p>Vuoden viimeisessä kokouksessa puhutaan tulevasta. Tervetulleita ovat kaikki, jotka haluavat kuulla lisää.</p><p>Kokouksen jälkeen on kahvia ja pullaa.</p></div></main><div><ul><li><a href=/1>Konsertti 12.3.2021</a></li><li><a href=/2>Juhla 29.1.2022</a></li><li><a href=/3>Retki 2.2.2022</a></li></ul></div>`,
			`# Kokous/
12.5. Kokous|Vuoden viimeisessä kokouksessa puhutaan tulevasta. Tervetulleita ovat kaikki, jotka haluavat kuulla lisää.¶Kokouksen jälkeen on kahvia ja pullaa. </vates/artikkelit>`},
		{"an only date below other headings", `<main><h1>B</h1><div><div><h2><a href=/a>Aa</a></h2><p>1.1.2024</p></div><div><h2><a href=/b>Bb</a></h2><p>Teksti.</p></div></div></main>`,
			`# B/B
1.1. Aa| </a>
! Bb¶Teksti.`},
		{"more to read is more likely", `<main><h1>B</h1><div><p>3.1.2024</p><h3>Aa</h3><p>Tässä on paljon luettavaa, ja siksi tämä on juttu.</p></div><div><p>4.1.2024</p><h3>Bb</h3><p>Tässäkin on paljon luettavaa, ja siksi tämäkin on juttu.</p></div><ul><li><i>1.1.2024</i> x</li><li><i>2.1.2024</i> y</li><li><i>2.2.2024</i> z</li></ul></main>`,
			`# B/B
3.1. Aa|Tässä on paljon luettavaa, ja siksi tämä on juttu.
4.1. Bb|Tässäkin on paljon luettavaa, ja siksi tämäkin on juttu.`},
		{"dates in links are less likely", `<div><ul><li><a href=/1>Vanhempi juttu 1.2.2024</a></li></ul></div><main><h1>B</h1><p>1.1.2024</p><p>Teksti, joka on tämän sivun ainoa juttu.</p><p>Toinen kappale.</p></main>`,
			`# B/
1.1. B|Teksti, joka on tämän sivun ainoa juttu.¶Toinen kappale. </vates/artikkelit>`},
		{"entries have a shape", `<h1>B</h1><div><table><tr><td><a href=/x>Avattu:</a></td><td>1.1.2024</td></tr><tr><td>Päättynyt:</td><td>7.1.2024</td></tr></table></div><table><tr><td>2.1.2024</td><td><a href=/a>Aa</a></td></tr><tr><td>3.1.2024</td><td><a href=/b>Bb</a></td></tr><tr><td>4.1.2024</td><td><a href=/c>Cc</a></td></tr></table>`,
			`# B/B: Päättynyt:
2.1. Aa| </a>
3.1. Bb| </b>
4.1. Cc| </c>`},
		{"an article without comments", `<main><h1>Aa</h1><p>1.1.2024</p><p>Eka teksti.</p><div class=comments><p>Hyvä.</p></div></main>`,
			`# Aa/
1.1. Aa|Eka teksti. </vates/artikkelit>`},
		{"a heading of an aside above a date", `<main><h1>Aa</h1><p>Eka teksti.</p><div class=related><h3>Related</h3><ul><li><a href=/b>Bb</a> 2.1.2024</li><li><a href=/c>Cc</a> 3.1.2024</li></ul></div><p>1.1.2024</p></main><div class=comments><h3>Mielipiteet</h3><ul><li>4.1.2024 Hyvä.</li><li>5.1.2024 Huono.</li></ul></div>`,
			`# Aa/
1.1. Aa|Eka teksti. </vates/artikkelit>`},
		{"rows that end with a date", `<h1>B</h1><div><table><tr><td>Avattu:<br>1.1.2024<br>Päättynyt:<br>2.1.2024<br>Siirretty:<br>5.1.2024</td></tr></table><table>` +
			strings.Repeat(`<tr><td>3.1.2024</td><td>`+strings.Repeat("X", 400)+`. Lisätty 4.1.2024</td></tr>`, 2) + `</table></div>`,
			"# B/B: Avattu:\n\nPäättynyt:\n\nSiirretty:" + strings.Repeat("\n4.1. |"+strings.Repeat("X", 400)+". Lisätty", 2)},
		{"spans in the text of a link", `<h1>B</h1><ul><li><a href=/a>1.1.2024 Kun <span>Aa</span> <span>Bb</span> tuli</a></li><li><a href=/b>2.1.2024 Ilman</a></li></ul>`,
			`# B/B
1.1. Kun Aa Bb tuli| </a>
2.1. Ilman| </b>`},
		{"the date after a second one", `<h1>B</h1><table><tr><td>1.1.2024</td><td><a href=/a>Aa</a></td><td>2.1.2024</td></tr><tr><td>3.1.2024</td><td><a href=/b>Bb</a></td><td>4.1.2024</td></tr></table><table><tr><td>5.1.2024</td><td><a href=/c>Cc</a></td></tr></table>`,
			`# B/B
1.1. Aa| </a>
3.1. Bb| </b>
5.1. Cc| </c>`},
		{"entries that look alike", `<main><h1>B</h1><section><article class=e><p>1.1.2024</p><b>Aa</b></article><article class=e><p>2.1.2024</p><b>Bb</b></article></section><div><article class=e><p>3.1.2024</p><b>Cc</b></article></div></main>`,
			`# B/B
1.1. Aa|
2.1. Bb|
3.1. |Cc`},
		{"an advertisement among entries", `<main><h1>B</h1><div><div class=e><p>1.1.2024</p><a href=/a>Aa</a></div><div class=m><p>Mainos</p><a href=/m>M</a></div><div class=e><p>2.1.2024</p><a href=/b>Bb</a></div><div class=e><p>3.1.2024</p><a href=/c>Cc</a></div><div class=e><p>4.1.2024</p><a href=/d>Dd</a></div></div></main>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>
3.1. Cc| </c>
4.1. Dd| </d>`},
		{"a text without a link among entries", `<main><h1>B</h1><ul><li><p>1.1.2024</p><a href=/a>Aa</a></li><li><p>Ei linkkiä</p></li><li><p>2.1.2024</p><a href=/b>Bb</a></li></ul></main>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"a header of a table", `<h1>B</h1><table><tr><th>Päivä</th><th>Asia</th></tr><tr><td>1.1.2024</td><td>Aa</td><td>Teksti yksi.</td></tr><tr><td>2.1.2024</td><td>Bb</td><td>Teksti kaksi.</td></tr></table>`,
			`# B/B
1.1. Aa|Teksti yksi.
2.1. Bb|Teksti kaksi.`},
		{"a time around an entry", `<h1>B</h1><article><time datetime="2024-01-01">1.1.2024<h3>Aa</h3><p>Tämä elementti on kaiken ympärillä, vaikka sen pitäisi olla vain päivän ympärillä, koska sitä ei ole suljettu.</p></article><article><time datetime="2024-01-02">2.1.2024<h3>Bb</h3><p>Tämäkin elementti on kaiken ympärillä, vaikka sen pitäisi olla vain päivän ympärillä, koska sitä ei ole suljettu.</p></article>`,
			`# B/B
1.1. Aa|Tämä elementti on kaiken ympärillä, vaikka sen pitäisi olla vain päivän ympärillä, koska sitä ei ole suljettu.
2.1. Bb|Tämäkin elementti on kaiken ympärillä, vaikka sen pitäisi olla vain päivän ympärillä, koska sitä ei ole suljettu.`},
		{"short years that are no dates", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>1.2.24</p></li><li><p>2.1.2024</p><h3>Bb</h3></li><li>3.1.24 <h3>Cc</h3></li></ul>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"dates of abbreviations", `<h1>B</h1><ul><li><abbr title="2024-01-01">eilen</abbr> Eka.</li><li><abbr title="2024-01-02">tänään</abbr> Toka.</li></ul>`,
			`# B/B
1.1. |Eka.
2.1. |Toka.`},
		{"hidden texts", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p>Eka.<span hidden> Piilo</span></p><p aria-hidden=true>Koriste</p></li><li><p>2.1.2024</p><h3>Bb</h3></li></ul>`,
			`# B/B
1.1. Aa|Eka.
2.1. Bb|`},
		{"hidden entries", `<h1>B</h1><section><h2>Uutiset</h2><ul><li><p>1.1.2024</p><a href=/a>Aa</a></li><li><p>2.1.2024</p><a href=/b>Bb</a></li></ul></section><section hidden><h2>Blogi</h2><ul><li><p>3.1.2024</p><a href=/c>Cc</a></li></ul></section><section hidden><h2>Haku</h2><p>Kirjoita sana.</p></section>`,
			`# B/Uutiset
1.1. Aa| </a>
2.1. Bb| </b>
# B/Blogi
3.1. Cc| </c>`},
		{"dates in titles above dates", `<h1>B</h1><div><a href=/a><div><p>Aa</p></div><div><p>1.1.2024</p></div></a></div><div><a href=/b><div><p>Bb 15.1.2024</p></div><div><p>2.1.2024</p></div></a></div><div><a href=/c><div><p>Cc</p></div><div><p>3.1.2024</p></div></a></div>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb 15.1.2024| </b>
3.1. Cc| </c>`},
		{"headings in an only entry", `<main><h1>B</h1><article><header><h2><a href=/a>Aa</a></h2><p>1.1.2024</p></header><div><p>Teksti.</p><h3>Lopuksi</h3><p>Lisää.</p></div></article></main>`,
			`# B/B
1.1. Aa|Teksti.¶Lopuksi¶Lisää. </a>`},
		{"dates in titles and for machines", `<h1>B</h1><article><h2><a href=/a>Aa 5.1.2024</a></h2><p><a href=/a><time datetime=2024-01-01>1.1.2024</time><time datetime=2024-02-01>1.2.2024</time></a></p></article><article><h2><a href=/b>Bb 6.1.2024</a></h2><p><a href=/b><time datetime=2024-01-02>2.1.2024</time><time datetime=2024-02-01>1.2.2024</time></a></p></article>`,
			`# B/B
1.1. Aa 5.1.2024| </a>
2.1. Bb 6.1.2024| </b>`},
		{"days in other zones", `<h1>B</h1><ul><li><time datetime="2024-01-01T23:30:00+01:00">Jan 1<sup>st</sup>, 2024</time><h3>Aa</h3></li><li><time datetime="2024-01-02T22:30:00Z">3.1.2024</time><h3>Bb</h3></li><li><time datetime="2024-01-04T22:30:00Z">tänään</time><h3>Cc</h3></li><li><time datetime="2024-02-07T01:30:00Z">February 6, 2024 5:30 PM PST</time><h3>Gg</h3></li><li><time datetime="2020-03-16">6.2.2024</time><h3>Dd</h3></li><li><time datetime="2024-04-12T21:59:49Z">12/04/2024</time><h3>Ee</h3></li><li><time datetime="2024-04-12">05/06/2024</time><h3>Ff</h3></li></ul>`,
			`# B/B
1.1. Aa|
3.1. Bb|
5.1. Cc|
6.2. Gg|
6.2. Dd|
12.4. Ee|
12.4. Ff|`},
		{"written on, for", `<h1>B</h1><article><h2><a href=/a>Aa</a></h2><p>Teksti.</p><p>Written on January 1st, 2024 for <a href=/c/m>Misc</a>, <a href=/c/o>Opinion</a></p></article><article><h2><a href=/b>Bb</a></h2><p>Teksti 2.</p><p>Written on January 2nd, 2024 for <a href=/c/m>Misc</a>, <a href=/c/o>Opinion</a></p></article>`,
			`# B/B
1.1. Aa|Teksti. </a> [Misc Opinion]
2.1. Bb|Teksti 2. </b> [Misc Opinion]`},
		{"labels in headings", `<h1>B</h1><div><div><h6>Xx</h6><h2><a href=/a>Aa</a></h2><p>1.1.2024</p></div><div><h6>Yy</h6><h2><a href=/b>Bb</a></h2><p>2.1.2024</p></div></div>`,
			`# B/B
1.1. Aa|Xx </a>
2.1. Bb|Yy </b>`},
		{"a label in a heading of one entry", `<h1>B</h1><section><div><h6><a href=/c/x>Xx</a></h6><h2><a href=/a>Aa</a></h2></div><p>1.1.2024</p></section><section><h3><a href=/b>Bb</a></h3><p>2.1.2024</p></section><section><h3><a href=/c>Cc</a></h3><p>3.1.2024</p></section>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>
3.1. Cc| </c>`},
		{"links to share", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><a href="https://www.facebook.com/sharer.php?u=x">f</a><a href="https://x.com/intent/post?u=x">x</a></li><li><p>2.1.2024</p><h3><a href="https://x.com/vates/status/1">Bb</a></h3></li></ul>`,
			`# B/B
1.1. Aa|
2.1. Bb| <https://x.com/vates/status/1>`},
		{"dates in headings below titles", `<h1>B</h1><div><h2><a href=/a>Aa</a></h2><h5>Posted in news on 2024-01-01 12:12:38</h5><p>Eka.</p></div><div><h2><a href=/b>Bb</a></h2><h5>Posted in news on 2024-01-02 12:12:38</h5><p>Toka.</p></div>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>`},
		{"dates alone in headings below titles", `<h1>B</h1><div><h2><a href=/a>Aa</a></h2><h4>1.1.2024</h4><p>Eka.</p></div><div><h2><a href=/b>Bb</a></h2><h4>2.1.2024</h4><p>Toka.</p></div>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>`},
		{"bylines below titles", `<h1>B</h1><h2><a href=/a>Aa</a></h2><p>Posted by Anna Ahonen on 1.1.2024</p><p>Eka.</p><h2><a href=/b>Bb</a></h2><p>Posted by Anna Ahonen on 2.1.2024</p><p>Toka.</p>`,
			`# B/B
1.1. Aa|Eka. </a> by Anna Ahonen
2.1. Bb|Toka. </b> by Anna Ahonen`},
		{"bylines below titles without links", `<h1>B</h1><div><h2>Aa</h2><p>Posted by Anna Ahonen on 3.1.2024</p><h2>Bb</h2><p>Posted by Anna Ahonen on 2.1.2024</p><h2>Cc</h2><p>Posted by Anna Ahonen on 1.1.2024</p></div>`,
			`# B/B
3.1. Aa| by Anna Ahonen
2.1. Bb| by Anna Ahonen
1.1. Cc| by Anna Ahonen`},
		{"bylines below links", `<h1>B</h1><div><a href=/a><h2>Aa</h2></a><h4>Posted by: The Team on 1.1.2024</h4><hr><a href=/b><h2>Bb</h2></a><h4>Posted by: Bob on 2.1.2024</h4><hr><a href=/c><h2>Cc</h2></a><h4>Posted by: Bob on 3.1.2024</h4></div>`,
			`# B/B
1.1. Aa| </a> by The Team
2.1. Bb| </b> by Bob
3.1. Cc| </c> by Bob`},
		{"lists with a larger first entry", `<h1>B</h1><div><h3>Xx</h3><ul><li><a href=/a><img src=a.jpg></a><h2><a href=/a>Aa</a></h2><div><span>5.1.2024</span></div><p>Teksti.</p></li><li><div><div><span>4.1.2024</span></div><h3><a href=/b>Bb</a></h3></div></li><li><div><div><span>3.1.2024</span></div><h3><a href=/c>Cc</a></h3></div></li></ul></div><div><h3>Yy</h3><ul><li><a href=/d><img src=d.jpg></a><h2><a href=/d>Dd</a></h2><div><span>2.1.2024</span></div><p>Muuta.</p></li><li><div><div><span>1.1.2024</span></div><h3><a href=/e>Ee</a></h3></div></li></ul></div>`,
			`# B/Xx
5.1. Aa|Teksti. </a>
4.1. Bb| </b>
3.1. Cc| </c>
# B/Yy
2.1. Dd|Muuta. </d>
1.1. Ee| </e>`},
		{"names of what has a sidebar", `<h1>B</h1><div class="sidebar-right has-sidebar"><ul><li><p>1.1.2024</p><a href=/a>Aa</a></li><li><p>2.1.2024</p><a href=/b>Bb</a></li></ul><div class=sidebar-right><ul><li><b>3.1.2024</b> <a href=/c>Cc</a></li><li><b>4.1.2024</b> <a href=/d>Dd</a></li><li><b>5.1.2024</b> <a href=/e>Ee</a></li></ul></div></div>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"a heading below one date of many", `<h1>B</h1><h2>4.1.2024</h2><h3>Aa</h3><p>Eka.</p><h2>3.1.2024</h2><p>Toka.</p><p><a href=/b>Liite</a></p><h2>2.1.2024</h2><p>Kolmas.</p><p><a href=/c>Liite</a></p><h2>1.1.2024</h2><p>Neljäs.</p><p><a href=/d>Liite</a></p>`,
			`# B/B
4.1. Aa|Eka.
3.1. |Toka. </b>
2.1. |Kolmas. </c>
1.1. |Neljäs. </d>`},
		{"entries in two sections", `<h1>B</h1><h2>Uusin</h2><div><div><a href=/a>Aa</a><div>3.1.2024</div><p>Eka.</p><a href=/a>Lees meer</a></div><div><a href=/b>Bb</a><div>2.1.2024</div><p>Toka.</p><a href=/b>Lees meer</a></div></div><h2>Muut</h2><div><div><a href=/a>Aa</a><div>3.1.2024</div><p>Eka.</p><a href=/a>Lees meer</a></div><div><a href=/b>Bb</a><div>2.1.2024</div><p>Toka.</p><a href=/b>Lees meer</a></div><div><a href=/c>Cc</a><div>1.1.2024</div><p>Kolmas.</p><a href=/c>Lees meer</a></div></div>`,
			`# B/Uusin
3.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
# B/Muut
3.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>
1.1. Cc|Kolmas. </c>`},
		{"titles above cards", `<h1>B</h1><article><a href=/a><div>Aa</div></a><a href=/a><div><strong>1.1.2024</strong> | Eka teksti on tässä.</div><div>Continue reading</div></a></article><article><a href=/b><div>Bb</div></a><a href=/b><div><strong>2.1.2024</strong> | Toka teksti on tässä.</div><div>Continue reading</div></a></article>`,
			`# B/B
1.1. Aa|Eka teksti on tässä. </a>
2.1. Bb|Toka teksti on tässä. </b>`},
		{"dates in captions", `<h1>B</h1><ul><li><h4><a href=/a>Aa</a></h4><figure><img src=a.jpg><figcaption><time datetime="2024-01-01">1.1.2024</time><p>Eka.</p></figcaption></figure></li><li><h4><a href=/b>Bb</a></h4><figure><img src=b.jpg><figcaption><time datetime="2024-01-02">2.1.2024</time><p>Toka.</p></figcaption></figure></li></ul>`,
			`# B/B
1.1. Aa|Eka. </a>
2.1. Bb|Toka. </b>`},
		{"a listing in an aside", `<body><main><h1>B</h1><p>Tervetuloa.</p></main><aside><h2>Uutiset</h2><ul><li><a href=/a>Aa</a> 1.1.2024</li><li><a href=/b>Bb</a> 2.1.2024</li><li><a href=/c>Cc</a> 3.1.2024</li></ul></aside><footer><p>Päivitetty 5.1.2024</p></footer></body>`,
			`# B/Uutiset: Tervetuloa.
1.1. Aa| </a>
2.1. Bb| </b>
3.1. Cc| </c>`},
		{"titles that look like names", `<h1>B</h1><ul><li>1.1.2024 Annual Report</li><li>2.1.2024 Spring Meeting</li></ul>`,
			`# B/B
1.1. |Annual Report
2.1. |Spring Meeting`},
		{"wide colons", `<h1>B</h1><ul><li><a href=/a>Aa</a><p>Eka.<br>日期：2024-01-01 点击：159</p></li><li><a href=/b>Bb</a><p>Toka.<br>日期：2024-01-02 点击：142</p></li></ul>`,
			`# B/B
1.1. Aa|Eka.¶日期：¶点击：159 </a>
2.1. Bb|Toka.¶日期：¶点击：142 </b>`},
		{"a lead above the list", `<h1>B</h1><section><div><a href=/d><img src=d.png></a></div><div><div><h3><a href=/d>Dd</a></h3><div><time datetime="2024-01-04">4.1.2024</time></div></div><div><p>Teksti.</p></div></div></section><section><h2>Lisää</h2><div><div><a href=/c><p>Cc</p><p>Muuta.</p></a><time datetime="2024-01-03">3.1.2024</time></div><div><a href=/b><p>Bb</p><p>Toista.</p></a><time datetime="2024-01-02">2.1.2024</time></div></div></section>`,
			`# B/B
4.1. Dd|Teksti. </d>
# B/Lisää
3.1. Cc|Muuta. </c>
2.1. Bb|Toista. </b>`},
		{"a lead in an aside", `<h1>B</h1><aside><article><h1><a href=/c>Cc</a></h1><abbr>3.1.2024</abbr><p>Teksti.</p></article></aside><section><h2>Muut</h2><ol><li><article><h3><a href=/b>Bb</a></h3><div><abbr>2.1.2024</abbr><p>Toka.</p></div></article></li><li><article><h3><a href=/a>Aa</a></h3><div><abbr>1.1.2024</abbr><p>Eka.</p></div></article></li></ol></section>`,
			`# B/B
3.1. Cc|Teksti. </c>
# B/Muut
2.1. Bb|Toka. </b>
1.1. Aa|Eka. </a>`},
		{"titles by their class", `<h1>B</h1><table><tr><td><div class=news-title>Aa</div><p>1.1.2024</p><div><p>Eka.</p><h2>2015</h2><p>Lisää.</p></div></td></tr><tr><td><div class=news-title>Bb</div><p>2.1.2024</p><div><p>Toka.</p></div></td></tr><tr><td><div class=news-title>Cc</div><p>3.1.2024</p><div><p>Kolmas.</p></div></td></tr></table>`,
			`# B/B
1.1. Aa|Eka.¶2015¶Lisää.
2.1. Bb|Toka.
3.1. Cc|Kolmas.`},
		{"cards in a line", `<h1>B</h1><div><a href=/a><span>1.1.2024</span><span>Aa</span></a> <a href=/b><span>2.1.2024</span><span>Bb</span></a> <a href=/c><span>3.1.2024</span><span>Cc</span></a></div>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>
3.1. Cc| </c>`},
		{"captions with headings", `<h1>B</h1><a href=/a><figure><figcaption><h3>Aa</h3><span>1.1.2024</span></figcaption></figure></a><a href=/b><figure><figcaption><h3>Bb</h3><span>2.1.2024</span></figcaption></figure></a>`,
			`# B/B
1.1. Aa| </a>
2.1. Bb| </b>`},
		{"dates and headings in the texts of entries", `<h1>B</h1><div><h2><a href=/a>Aa</a></h2><p>3.1.2024 | <a href=/m>Xx</a></p><p>Eka.</p><h3>Lisää</h3><p>Muuta.</p><h2><a href=/b>Bb</a></h2><p>2.1.2024 | <a href=/m>Xx</a></p><p>Toka.</p><h3>Lopuksi</h3><p>Muuta siitä.</p><h2><a href=/c>Cc</a></h2><p>1.1.2024 | <a href=/m>Xx</a></p><blockquote><p>Lainaus, joka on pitkä ja jossa on paljon sanoja, niin kuin lainauksissa on, kun ne ovat muualta.</p>Joku <a href="https://x.com/x/1">5.12.2023</a></blockquote></div>`,
			`# B/B
3.1. Aa|Eka.¶Lisää¶Muuta. </a> [Xx]
2.1. Bb|Toka.¶Lopuksi¶Muuta siitä. </b> [Xx]
1.1. Cc|Lainaus, joka on pitkä ja jossa on paljon sanoja, niin kuin lainauksissa on, kun ne ovat muualta.¶Joku </c> [Xx]`},
		{"a date below a quotation", `<h1>B</h1><div><h2><a href=/a>Aa</a></h2><p>3.1.2024 | <a href=/m>Xx</a></p><p>Eka.</p><h2><a href=/b>Bb</a></h2><p>2.1.2024 | <a href=/m>Xx</a></p><p>Toka.</p><blockquote><p>` + strings.Repeat("Lainaus on pitkä. ", 30) + `</p>Joku <a href="https://x.com/x/1">5.12.2023</a></blockquote></div>`,
			`# B/B
3.1. Aa|Eka. </a> [Xx]
2.1. Bb|Toka.¶` + strings.Repeat("Lainaus on pitkä. ", 29) + `Lainaus on pitkä.¶Joku </b> [Xx]`},
		{"titles that differ by their dates", `<h1>B</h1><ul><li><a href=/a>Pöytäkirja 1.1.2024</a></li><li><a href=/b>Pöytäkirja 2.1.2024</a></li><li><a href=/c>Pöytäkirja 3.1.2024</a></li></ul>`,
			`# B/B
1.1. Pöytäkirja 1.1.2024| </a>
2.1. Pöytäkirja 2.1.2024| </b>
3.1. Pöytäkirja 3.1.2024| </c>`},
		{"headings that differ by their dates", `<h1>B</h1><div><h2><a href=/a>Kokous 1.1.2024</a></h2><p>PDF.</p></div><div><h2><a href=/b>Kokous 2.1.2024</a></h2><p>PDF.</p></div><div><h2><a href=/c>Kokous 3.1.2024</a></h2><p>PDF.</p></div>`,
			`# B/B
1.1. Kokous 1.1.2024| </a>
2.1. Kokous 2.1.2024| </b>
3.1. Kokous 3.1.2024| </c>`},
		{"two kinds of entries", `<h1>B</h1><section><h2>Xx</h2><ul><li><h3><a href=/a>Aa</a></h3><span>4.1.2024</span></li><li><h3><a href=/b>Bb</a></h3><span>3.1.2024</span></li></ul></section><section><h2>Yy</h2><div><div><h3><a href=/c>Cc</a></h3><p>Teksti.</p><div><span>2.1.2024</span></div></div><div><h3><a href=/d>Dd</a></h3><p>Muuta.</p><div><span>1.1.2024</span></div></div></div></section>`,
			`# B/Xx
4.1. Aa| </a>
3.1. Bb| </b>
# B/Yy
2.1. Cc|Teksti. </c>
1.1. Dd|Muuta. </d>`},
		{"a month around each entry", `<h1>B</h1><ul><li><h3>helmikuu</h3><p>2.2.2024 <a href=/b>Bb</a></p></li><li><h3>tammikuu</h3><p>1.1.2024 <a href=/a>Aa</a></p></li></ul>`,
			`# B/B
2.2. Bb| </b>
1.1. Aa| </a>`},
		{"events beside articles", `<body><h1>B</h1><article><h2><a href=/a>Aa</a></h2><p>5.1.2024</p></article><article><h2><a href=/b>Bb</a></h2><p>4.1.2024</p></article><aside><h2>Muuta</h2><article><h3><a href=/x>Xx</a></h3><p>15.5.2024</p></article><article><h3><a href=/y>Yy</a></h3><p>16.5.2024</p></article></aside></body>`,
			`# B/B
5.1. Aa| </a>
4.1. Bb| </b>`},
		{"months above single entries", `<h1>B</h1><h2>May 2024</h2><p>May 25, 2024</p><h3><a href=/a>Aa</a></h3><p>Eka.</p><h2>April 2024</h2><p>April 25, 2024</p><h3><a href=/b>Bb</a></h3><p>Toka.</p><h2>March 2024</h2><p>March 25, 2024</p><h3><a href=/c>Cc</a></h3><p>Kolmas.</p>`,
			`# B/B
25.5. Aa|Eka. </a>
25.4. Bb|Toka. </b>
25.3. Cc|Kolmas. </c>`},
		{"sections with single entries", `<h1>B</h1><h2>Hankkeet</h2><p>15.1.2024: Kokous pidettiin Turussa</p><h2>Julkaisut</h2><p>12.2.2024: Uusi opas</p>`,
			`# B/Hankkeet
15.1. |Kokous pidettiin Turussa
# B/Julkaisut
12.2. |Uusi opas`},
		{"headings below the last entry", `<h1>B</h1><h2>2.1.2024</h2><p>Eka.</p><h2>1.1.2024</h2><p>Toka.</p><h3>Yhteystiedot</h3><p>Katu 1</p>`,
			`# B/B
2.1. |Eka.
1.1. |Toka.`},
		{"labels with dates in headings", `<h1>B</h1><div><h5>Uutinen 3.1.2024</h5><p><a href=/c>Cc</a></p></div><div><h5>Uutinen 2.1.2024</h5><p><a href=/b>Bb</a></p></div><div><h5>Uutinen 1.1.2024</h5><p><a href=/a>Aa</a></p></div>`,
			`# B/B
3.1. Cc|Uutinen </c>
2.1. Bb|Uutinen </b>
1.1. Aa|Uutinen </a>`},
		{"excerpts below headings of two levels", `<h1>B</h1><article><h2><a href=/d>Dd</a></h2><p>4.1.2024</p><p><a href=/d>Neljäs.</a></p></article><article><h3><a href=/c>Cc</a></h3><p>3.1.2024</p><p><a href=/c>Kolmas.</a></p></article><article><h3><a href=/b>Bb</a></h3><p>2.1.2024</p><p><a href=/b>Toka.</a></p></article><article><h3><a href=/a>Aa</a></h3><p>1.1.2024</p><p><a href=/a>Eka.</a></p></article>`,
			`# B/B
4.1. Dd|Neljäs. </d>
3.1. Cc|Kolmas. </c>
2.1. Bb|Toka. </b>
1.1. Aa|Eka. </a>`},
		{"the day of the event below that of the article", `<h1>B</h1><ul><li><h3><a href=/b>Bb</a></h3><p>Julkaistu 4.3.2024</p><p>12.4.2024 klo 17 kirjastolla</p></li><li><h3><a href=/a>Aa</a></h3><p>Julkaistu 3.3.2024</p><p>11.4.2024 klo 17 kirjastolla</p></li></ul>`,
			`# B/B
4.3. Bb|12.4.2024 klo 17 kirjastolla </b>
3.3. Aa|11.4.2024 klo 17 kirjastolla </a>`},
		{"an event above the list", `<h1>B</h1><div class=hero><h2><a href=/x>Xx</a></h2><span class=event-date>15.5.2024</span></div><h2>Uutiset</h2><ul><li><h3><a href=/b>Bb</a></h3><span class=news-date>2.1.2024</span></li><li><h3><a href=/a>Aa</a></h3><span class=news-date>1.1.2024</span></li></ul>`,
			`# B/Uutiset
2.1. Bb| </b>
1.1. Aa| </a>`},
		{"the day of a change in a time", `<h1>B</h1><ul><li><time datetime="2024-01-02">Updated 20 March 2024</time><h3>Bb</h3></li><li><time datetime="2024-01-01"><a href=/a>Results for 31 December 2023 published</a></time></li></ul>`,
			`# B/B
2.1. Bb|
1.1. Results for 31 December 2023 published| </a>`},
		{"sources below titles", `<h1>B</h1><div><h3><a href=/a>Aa</a></h3><p><em>CNBC</em>, 3.1.2024</p><h3><a href=/b>Bb</a></h3><p><em>Aamulehti</em>, 2.1.2024</p><h3><a href=/c>Cc</a></h3><p><em>Kaleva</em>, 1.1.2024</p></div>`,
			`# B/B
3.1. Aa|CNBC </a>
2.1. Bb|Aamulehti </b>
1.1. Cc|Kaleva </c>`},
		{"an old date above the list", `<h1>B</h1><div><h2><a href=/x>Xx</a></h2><p><span>15.5.1990</span></p></div><h2>Uutiset</h2><ul><li><a href=/b>Bb</a> <span>2.1.2024</span></li><li><a href=/a>Aa</a> <span>1.1.2024</span></li></ul>`,
			`# B/Uutiset
2.1. Bb| </b>
1.1. Aa| </a>`},
		{"labels in cards", `<h1>B</h1><ul><li><a href=/c><span>Xx</span><div>Cc cc</div><p>3.1.2024</p><p>Kolmas teksti.</p></a></li><li><a href=/b><span>Yy</span><div>Bb bb</div><p>2.1.2024</p><p>Toka teksti.</p></a></li><li><a href=/a><span>Xx</span><div>Aa aa</div><p>1.1.2024</p><p>Eka teksti.</p></a></li></ul>`,
			`# B/B
3.1. Cc cc|Kolmas teksti. </c> [Xx]
2.1. Bb bb|Toka teksti. </b> [Yy]
1.1. Aa aa|Eka teksti. </a> [Xx]`},
		{"headers of sections", `<body><h1>B</h1><section><header><p>1.1.2024</p></header><h3>Aa</h3><header><p>2.1.2024</p></header><h3>Bb</h3></section></body>`,
			`# B/B
1.1. Aa|
2.1. Bb|`},
		{"numbers in classes", `<h1>B</h1><ul><li class=p1><p>1.1.2024</p><a href=/a>Aa</a></li><li class=p2><p>pian</p><a href=/b>Bb</a></li><li class=p3><p>3.1.2024</p><a href=/c>Cc</a></li></ul>`,
			`# B/B
1.1. Aa| </a>
3.1. Cc| </c>
! pian¶Bb`},
		{"what stands above", `<h1>B</h1><p>Tervetuloa lukemaan.</p><p><a href=/x>Tilaa</a></p><div class=sidebar><p>Sivussa.</p></div><table><tr><th>Päivä</th><th>Asia</th></tr><tr><td>1.1.2024</td><td>Aa</td></tr><tr><td>2.1.2024</td><td>Bb</td></tr></table>`,
			`# B/B: Tervetuloa lukemaan.
1.1. Aa|
2.1. Bb|`},
		{"only a date", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3></li><li><p>2.1.2024</p></li><li><p>3.1.2024</p><p><a rel=author href=/m>Maija Mäki</a></p></li></ul>`,
			`# B/B
1.1. Aa|
3.1. |Maija Mäki by Maija Mäki`},
		{"a page without a first heading", `<title>T | S</title><h2>Ajankohtaista</h2><h2>2024</h2><ul><li><p>1.1.2024</p><h3>Aa</h3></li><li><p>2.1.2024</p><h3>Bb</h3></li></ul>`,
			`# Ajankohtaista/Ajankohtaista
1.1. Aa|
2.1. Bb|`},
		{"texts that are indented", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p class=author>
                                                                                                                                  maija
</p></li><li><p>2.1.2024</p><h3>Bb</h3><p class=author>
                                                                                                                                  liisa
</p></li></ul>`,
			`# B/B
1.1. Aa| by maija
2.1. Bb| by liisa`},
		{"regions share a layout", `<h1>B</h1><section><h2>Tammi</h2><h3>Aa</h3><p>1.1.2024</p><p>Eka.</p><h3>Bb</h3><p>2.1.2024</p><p>Toka.</p></section><section><h2>Helmi</h2><h3>Cc</h3><p>3.2.2024</p><p>Kolmas.</p></section>`,
			`# B/B
1.1. Aa|Eka.
2.1. Bb|Toka.
3.2. Cc|Kolmas.`},
		{"only the line says that a date is later", `<h1>B</h1><ul><li><p>Päivitetty opas</p><p>1.1.2024</p></li><li><p>Päivitetty esite</p><p>2.1.2024</p></li></ul><ol><li><i>5.5.2024</i> Xx</li><li><i>6.6.2024</i> Yy</li></ol>`,
			`# B/B
1.1. |Päivitetty opas
2.1. |Päivitetty esite`},
		{"links that say what they lead to", `<h1>B</h1><ul><li><p>1.1.2024</p><h3>Aa</h3><p><a href=/1.pdf>PDF</a></p></li><li><p>2.1.2024</p><h3>Bb</h3><p><a href=/2.doc>Word</a></p></li><li><p>3.1.2024</p><h3>Cc</h3><p><a href=/3.pdf>PDF</a></p></li><li><p>4.1.2024</p><h3>Dd</h3><p><a href=/4.doc>Word</a></p></li><li><p>5.1.2024</p><h3>Ee</h3><p><a href=/5.txt>Teksti</a></p></li></ul>`,
			`# B/B
1.1. Aa| </1.pdf>
2.1. Bb| </2.doc>
3.1. Cc| </3.pdf>
4.1. Dd| </4.doc>
5.1. Ee| </5.txt>`},
		{"a name beside the date", `<h1>B</h1><ul><li><p><span>1.1.2024</span> <span>Maija Mäki</span></p><h3>Aa</h3></li><li><p><span>2.1.2024</span> <span>Liisa Laine</span></p><h3>Bb</h3></li></ul>`,
			`# B/B
1.1. Aa| by Maija Mäki
2.1. Bb| by Liisa Laine`},
		{"a date in the middle of a title", `<h1>B</h1><ul><li><h3>Kokous 1.1.2024 (etänä) – kello 10</h3><p>Eka.</p></li><li><h3>Juhla 2.1.2024 (paikalla)</h3><p>Toka.</p></li></ul>`,
			`# B/B
1.1. Kokous (etänä) – kello 10|Eka.
2.1. Juhla (paikalla)|Toka.`},
	} {
		t.Run(c.rule, func(t *testing.T) {
			assert.Equal(t, c.want, said(c.page))
		})
	}
}
