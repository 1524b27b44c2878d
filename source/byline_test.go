package source

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBylines(t *testing.T) {
	const page = "Artikkelit\n\nBlogi\n\n"
	entries := []string{
		"29.01.2024\n\nJaana Pakarinen: Järjestöjen on tartuttava toimeen.\n\n",
		"28.01.2024\n\nMatti af Heurlin ja Anna-Liisa K. Ståhl: Työ kuuluu kaikille.\n\n",
		"27.01.2024\n\nOsatyökykyiset: näin työ sujuu.\n\n",
		"26.01.2024\n\nKyösti Kallio: Puhe.\n\n",
		"25.01.2024\n\nUutinen ilman kirjoittajaa.\n\n",
		"24.01.2024\n\nToinen uutinen.\n\n",
	}
	authors := func(entries []string) (all [][]string) {
		listings, err := new(Client).Read("b", "", strings.NewReader(page+strings.Join(entries, "")))
		require.NoError(t, err)
		for _, a := range listings[0].Articles {
			all = append(all, a.Authors)
		}
		return all
	}
	assert.Equal(t, [][]string{{"Jaana Pakarinen"}, {"Matti af Heurlin", "Anna-Liisa K. Ståhl"}, nil, {"Kyösti Kallio"}, nil}, authors(entries[:5]))
	assert.Equal(t, make([][]string, 6), authors(entries), "three of six are not most")
	assert.Equal(t, make([][]string, 2), authors(entries[:2]), "two may be about people")
}
