package main_test

import (
	"path/filepath"
	"testing"
)

// TestPace is how long a slow tablet waits: for the first post, and for the
// picture that follows a press among five hundred posts. It runs before the
// tests that run side by side, and slowness.mjs allows for what else the machine
// has to do.
func TestPace(t *testing.T) { //nolint:paralleltest // it measures time
	demo := &installation{dir: filepath.Join(t.TempDir(), "demo")}
	demo.demonstrate(t)
	requireScreens(t, demo.url)
	story(t, "speed.mjs", demo.url)
	story(t, "pace.mjs", demo.url)
}
