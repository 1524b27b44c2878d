package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"blogi", "blogi", 0},
		{"blogi", "blogit", 1},
		{"blogi", "bolgi", 2},
		{"kitten", "sitting", 3},
		{"aluepaattajille", "aluepaattjaile", 3},
	} {
		assert.Equal(t, test.want, distance(test.a, test.b), test)
		assert.Equal(t, test.want, distance(test.b, test.a), test)
	}
}
