package byline

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSplit(t *testing.T) {
	for s, names := range map[string][]string{
		"Maija Meikäläinen":                      {"Maija Meikäläinen"},
		"Maija Meikäläinen ja Matti af Heurlin":  {"Maija Meikäläinen", "Matti af Heurlin"},
		"Å. Ö. Ståhl, Anna-Liisa K. & Bo O’Hara": {"Å. Ö. Ståhl", "Anna-Liisa K.", "Bo O’Hara"},
		"Virtanen, Matti":                        {"Virtanen, Matti"},
		"Työ ja Toimi Oy":                        {"Työ ja Toimi Oy"},
		"toimitus":                               {"toimitus"},
	} {
		assert.Equal(t, names, Split(s))
	}
}

func TestLeading(t *testing.T) {
	for s, names := range map[string][]string{
		"Jaana Pakarinen: Järjestöjen on tartuttava": {"Jaana Pakarinen"},
		"Jaana Pakarinen ja Bo Ek: Työ":              {"Jaana Pakarinen", "Bo Ek"},
		"Osatyökykyiset: näin":                       nil,
		"Jaana Pakarinen sanoo: Työ":                 nil,
		"Jaana Pakarinen:":                           nil,
		"":                                           nil,
	} {
		assert.Equal(t, names, Leading(s), s)
	}
}

func TestIntroduced(t *testing.T) {
	for s, names := range map[string][]string{
		"Teksti: Maija Meikäläinen":                {"Maija Meikäläinen"},
		"Kirjoittanut Maija Meikäläinen ja Bo Ek":  {"Maija Meikäläinen", "Bo Ek"},
		"By Maija Meikäläinen":                     {"Maija Meikäläinen"},
		"Kirjoittaja: Maija Meikäläinen":           {"Maija Meikäläinen"},
		"Lähettänyt Bo Ek":                         {"Bo Ek"},
		"Text av Bo Ek":                            {"Bo Ek"},
		"Teksti: Maija Meikäläinen, kuvat: Bo Ek":  nil,
		"By Monday Morning we had seen everything": nil,
		"Maija Meikäläinen":                        nil,
	} {
		assert.Equal(t, names, Introduced(s), s)
	}
}
