package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	index  = "index.html"
	worker = "sw.js"
)

// site serves a built application from memory: a few files, compressed once.
type site struct {
	files map[string]file
}

// file is one file, ready to send.
type file struct {
	plain, gzipped []byte // gzipped is nil where compressing gains nothing
	mediaType      string
	cache          string
	etag           string
}

// Serve returns a handler for the application built in dist. Files under
// assets/ carry a hash in their name and never change; files beside the page,
// such as the service worker, are asked for anew each time; any other path gets
// the page, which reads the path itself.
func Serve(dist fs.FS) http.Handler {
	s := &site{files: map[string]file{}}
	// A file that cannot be read is a file that is not there: it answers 404,
	// and a missing page says how to build.
	_ = fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir // what the build tells itself
		}
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return nil
		}
		if body, err := fs.ReadFile(dist, name); err == nil {
			s.files[name] = newFile(name, body)
		}
		return nil
	})
	if _, ok := s.files[index]; !ok {
		s.files[index] = newFile(index, unbuilt)
	}
	return s
}

func newFile(name string, body []byte) file {
	sum := sha256.Sum256(body)
	f := file{plain: body, mediaType: mediaType(name), cache: "no-cache", etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
	if strings.HasPrefix(name, "assets/") {
		f.cache = "public, max-age=31536000, immutable"
	}
	if z := compress(body); len(z) < len(body) {
		f.gzipped = z
	}
	return f
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	_, _ = w.Write(body)                                  // a buffer takes every write
	_ = w.Close()
	return b.Bytes()
}

// mediaType does not ask the machine's own tables, which differ from one
// machine to the next.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".wasm":
		return "application/wasm"
	case ".png":
		return "image/png"
	default:
		return "application/octet-stream"
	}
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	f, ok := s.find(strings.TrimPrefix(path.Clean(r.URL.Path), "/"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", f.cache)
	h.Set("ETag", f.etag)
	h.Set("Content-Type", f.mediaType)
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("If-None-Match"), f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.plain
	if f.gzipped != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.gzipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // a reader who has left needs no answer
	}
}

// find returns the file of that name, or the page for a path of the
// application. A missing asset and anything under api/ are missing, and so is
// the service worker that nobody built: a browser must not take the page for it.
func (s *site) find(name string) (file, bool) {
	if f, ok := s.files[name]; ok {
		return f, true
	}
	if name == worker || name == "api" || strings.HasPrefix(name, "api/") || strings.HasPrefix(name, "assets/") {
		return file{}, false
	}
	return s.files[index], true
}

func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding == "gzip" && strings.ReplaceAll(params, " ", "") != "q=0" {
			return true
		}
	}
	return false
}
