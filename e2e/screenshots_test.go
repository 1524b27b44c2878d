package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

var screenshots = flag.String("screenshots", "", "write light.png and dark.png into this folder")

// TestScreenshots makes pictures of the page, for people to look at.
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("makes pictures, with -screenshots FOLDER")
	}
	require.NoError(t, os.MkdirAll(*screenshots, 0o777))
	p := open(t, serve(t, leaders, cooperation))
	p.size(900, 1300)
	for _, colours := range []string{"light", "dark"} {
		p.colours(colours)
		p.show("")
		ctx, cancel := p.within()
		defer cancel()
		picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(*screenshots, colours+".png"), picture, 0o666))
	}
}
