package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// What the editors of the simulation write: sentences of the kind that the page
// has, put together from parts.
var (
	places   = []string{"Vaasassa", "Kuopiossa", "Turussa", "Salossa", "Oulussa", "Lahdessa", "Porissa", "Kajaanissa", "Tampereella", "Rovaniemellä", "Lappeenrannassa", "Kotkassa", "Mikkelissä", "Joensuussa", "Seinäjoella", "Kokkolassa", "Raumalla", "Espoossa"}
	subjects = []string{"kaupungin työllisyyspalvelut", "paikallinen järjestö", "uusi työllisyysalue", "nuorten työpaja", "sosiaalinen yritys", "valtakunnallinen hanke", "hyvinvointialue", "työnantajien verkosto", "vammaisjärjestö", "ammattiopisto", "osatyökykyisten asiantuntijaryhmä", "kuntakokeilu", "yhdistyksen hallitus", "kuntoutussäätiö", "työvalmentajien tiimi"}
	verbs    = []string{"kehittää", "kokeilee", "käynnistää", "arvioi", "rahoittaa", "suunnittelee yhdessä kumppanien kanssa", "ottaa käyttöön", "esittelee", "uudistaa", "tutkii", "laajentaa", "kokoaa yhteen"}
	objects  = []string{"työhönvalmennuksen laatukriteerejä", "avoimia oppimisympäristöjä", "palveluja pitkään työttöminä olleille", "matalan kynnyksen ohjauspisteitä", "työn muotoilun menetelmiä", "räätälöityjä työpaikkoja", "yritysyhteistyön malleja", "nuorten omia ideoita", "koulutuksia esihenkilöille", "digitaalisia työkaluja", "vertaistukea ja mentorointia", "tietoa työkyvyn tuesta", "kierrätysalan työtehtäviä", "hankintojen sosiaalisia ehtoja"}
	reasons  = []string{"Tavoitteena on, että jokainen löytää paikkansa työelämässä.", "Tulokset julkaistaan keväällä avoimessa seminaarissa.", "Mukana on yli %d työnantajaa eri aloilta.", "Osallistujista %d prosenttia sai töitä puolen vuoden aikana.", "Rahoitus tulee Euroopan sosiaalirahastosta ja kunnilta.", "Kokemuksia kerätään haastatteluilla ja kyselyillä.", "Työ jatkuu ensi vuoden loppuun saakka.", "Lisätietoja antaa projektipäällikkö.", "Yhteistyö on alkanut hyvin, mutta haasteitakin riittää.", "Asiakkaat kertovat, että luottamus syntyy kohtaamisesta.", "Malli on tarkoitus levittää koko maahan.", "Palaute on ollut poikkeuksellisen myönteistä.", "Lain muutokset tuovat kunnille uuden vastuun.", "Työpaikalla tarvitaan aikaa, joustoa ja rohkeutta kysyä.", "Yksi osallistujista löysi unelmiensa työn kahvilasta.", "Asiantuntijoiden mukaan siirtymä on suurin vuosikymmeniin."}
	openings = []string{"Mitä tapahtuu, kun työ ei enää suju entiseen tapaan?", "Moni kokee jäävänsä yksin.", "Yhdessä tekeminen on enemmän kuin yhteistyö.", "Vuosi on ollut poikkeuksellinen.", "Ekosysteemi tarvitsee veturin.", "Kynnys ottaa yhteyttä on pienentynyt."}
	headings = []string{"Kohti parempaa työelämää", "Yhdessä enemmän", "Uusi alku työpajalla", "Osaaminen näkyväksi", "Työ kuuluu kaikille", "Kun palvelut kohtaavat ihmisen", "Askel kerrallaan töihin", "Verkostot muutoksessa", "Rohkeus kannattaa", "Arjen pieniä tekoja", "Tukea oikeaan aikaan", "Työkyky on yhteinen asia"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

func sentence(r *rand.Rand) string {
	switch r.IntN(5) {
	case 0, 1:
		return fmt.Sprintf("%s %s %s %s.", pick(r, places), pick(r, subjects), pick(r, verbs), pick(r, objects))
	case 2:
		if r.IntN(4) == 0 {
			return pick(r, openings)
		}
		s := fmt.Sprintf("%s %s %s.", pick(r, subjects), pick(r, verbs), pick(r, objects))
		return strings.ToUpper(s[:1]) + s[1:]
	default:
		s := pick(r, reasons)
		if strings.Contains(s, "%d") {
			return fmt.Sprintf(s, 10+r.IntN(80))
		}
		return s
	}
}

func summary(r *rand.Rand) string {
	s := make([]string, 2+r.IntN(4))
	for i := range s {
		s[i] = sentence(r)
	}
	return strings.Join(s, " ")
}

func heading(r *rand.Rand) string {
	switch r.IntN(3) {
	case 0:
		return pick(r, headings)
	case 1:
		return fmt.Sprintf("%s %s", pick(r, places), pick(r, objects))
	}
	return fmt.Sprintf("%s: %s %s", pick(r, headings), pick(r, subjects), pick(r, verbs))
}

func sentences(s string) []string {
	return strings.SplitAfter(s, ". ")
}

// mended changes a letter of a text, drops it, or swaps it with the next.
func mended(r *rand.Rand, s string) string {
	c := []rune(s)
	i := 1 + r.IntN(len(c)-2)
	switch r.IntN(3) {
	case 0:
		c[i] = rune('a' + r.IntN(26))
	case 1:
		c = append(c[:i], c[i+1:]...)
	default:
		c[i], c[i-1] = c[i-1], c[i]
	}
	return string(c)
}

// cutAt returns the first n characters of s, at a word's end, with "…".
func cutAt(s string, n int) string {
	c := []rune(s)
	if len(c) <= n {
		return s
	}
	s = string(c[:n])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s + "…"
}
