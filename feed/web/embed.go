package web

import (
	"embed"
	"io/fs"
	"net/http"
)

// built is empty but for a .keep until the screens are built.
//
//go:embed all:dist
var built embed.FS

// unbuilt says, in French and in English, how to build the screens.
//
//go:embed unbuilt.html
var unbuilt []byte

// Handler serves the screens embedded in the program, for every path that is
// not under /api/. When they were not built it serves a page that says how to.
func Handler() http.Handler {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // "dist" is a constant and a valid path
	}
	return Serve(dist)
}
