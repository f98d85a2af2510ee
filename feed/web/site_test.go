package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed/web"
)

const script = "console.log('fil de fer, fil de fer, fil de fer, fil de fer, fil de fer, fil de fer')"

func builtSite() http.Handler {
	return web.Serve(fstest.MapFS{
		"index.html":           {Data: []byte("<!doctype html><title>Fildefer</title>" + strings.Repeat("<p>fil</p>", 50))},
		"assets/index-4f2a.js": {Data: []byte(script)},
		"assets/mark-9c1d.svg": {Data: []byte("<svg/>")},
		"sw.js":                {Data: []byte(script)},
		"manifest.webmanifest": {Data: []byte("{}")},
		"icon-192.png":         {Data: []byte("png")},
		".keep":                {Data: nil},
	})
}

func get(t *testing.T, h http.Handler, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(b)
}

func TestAssetsAreImmutableAndTheirTypeIsRight(t *testing.T) {
	t.Parallel()
	res := get(t, builtSite(), "/assets/index-4f2a.js")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "text/javascript; charset=utf-8", res.Header.Get("Content-Type"))
	require.Contains(t, res.Header.Get("Cache-Control"), "immutable")
	require.Equal(t, script, text(t, res.Body))
	require.Equal(t, "image/svg+xml", get(t, builtSite(), "/assets/mark-9c1d.svg").Header.Get("Content-Type"))
}

func TestAnyPathOfTheApplicationGetsThePageUncached(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/", "/index.html", "/post/m0a1b2", "/report", "/.keep", "/../.."} {
		res := get(t, builtSite(), path)
		require.Equal(t, http.StatusOK, res.StatusCode, path)
		require.Equal(t, "text/html; charset=utf-8", res.Header.Get("Content-Type"), path)
		require.Equal(t, "no-cache", res.Header.Get("Cache-Control"), path)
		require.Contains(t, text(t, res.Body), "<title>Fildefer</title>", path)
	}
}

func TestWhatMakesTheScreensInstallableIsAskedForAnewEachTime(t *testing.T) {
	t.Parallel()
	for path, mediaType := range map[string]string{
		"/sw.js":                "text/javascript; charset=utf-8",
		"/manifest.webmanifest": "application/manifest+json",
		"/icon-192.png":         "image/png",
	} {
		res := get(t, builtSite(), path)
		require.Equal(t, http.StatusOK, res.StatusCode, path)
		require.Equal(t, mediaType, res.Header.Get("Content-Type"), path)
		require.Equal(t, "no-cache", res.Header.Get("Cache-Control"), path)
	}
	unbuilt := web.Serve(fstest.MapFS{".keep": {Data: nil}})
	require.Equal(t, http.StatusNotFound, get(t, unbuilt, "/sw.js").StatusCode)
}

func TestMissingAssetsAndTheAPIAreNotThePage(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/assets/old-1234.js", "/api", "/api/v1/nothing"} {
		require.Equal(t, http.StatusNotFound, get(t, builtSite(), path).StatusCode, path)
	}
}

func TestAReaderWhoAcceptsGzipGetsTheSameBytesCompressed(t *testing.T) {
	t.Parallel()
	res := get(t, builtSite(), "/", "Accept-Encoding", "br, gzip;q=0.8")
	require.Equal(t, "gzip", res.Header.Get("Content-Encoding"))
	require.Equal(t, "Accept-Encoding", res.Header.Get("Vary"))
	z, err := gzip.NewReader(res.Body)
	require.NoError(t, err)
	require.Equal(t, text(t, get(t, builtSite(), "/").Body), text(t, z))

	for _, refused := range []string{"", "identity", "gzip;q=0"} {
		require.Empty(t, get(t, builtSite(), "/", "Accept-Encoding", refused).Header.Get("Content-Encoding"), refused)
	}
}

func TestAnUnchangedPageIsNotSentAgain(t *testing.T) {
	t.Parallel()
	etag := get(t, builtSite(), "/").Header.Get("ETag")
	require.NotEmpty(t, etag)
	res := get(t, builtSite(), "/post/1", "If-None-Match", etag)
	require.Equal(t, http.StatusNotModified, res.StatusCode)
	require.Empty(t, text(t, res.Body))
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]int{http.MethodHead: http.StatusOK, http.MethodPost: http.StatusMethodNotAllowed} {
		w := httptest.NewRecorder()
		builtSite().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "/", nil))
		require.Equal(t, want, w.Code, method)
		if method == http.MethodHead {
			require.Empty(t, w.Body.String())
		}
	}
}

func TestWithoutABuildThePageSaysHowToBuildInBothLanguages(t *testing.T) {
	t.Parallel()
	res := get(t, web.Serve(fstest.MapFS{".keep": {Data: nil}}), "/post/1")
	require.Equal(t, http.StatusOK, res.StatusCode)
	page := text(t, res.Body)
	require.Contains(t, page, "make build")
	require.Contains(t, page, "Pour les construire")
	require.Contains(t, page, "To build them")
}

func TestTheEmbeddedScreensAreServed(t *testing.T) {
	t.Parallel()
	require.Contains(t, text(t, get(t, web.Handler(), "/").Body), "Fildefer")
}
