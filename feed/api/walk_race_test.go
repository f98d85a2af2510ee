//go:build race

package api_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain walks fewer random worlds where nothing else is asked for: the race
// detector needs the requests, not their number.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "30"); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}
