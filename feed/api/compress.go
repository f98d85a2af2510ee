package api

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// compress gathers JSON answers and sends those above a kilobyte gzipped.
// Everything else, the live stream first, passes untouched.
func compress(next http.Handler) http.Handler {
	pool := &sync.Pool{New: func() any {
		z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is known to be valid
		return z
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		j := &jsonWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(j, r)
		if !j.json {
			return
		}
		body := j.body.Bytes()
		if len(body) > 1024 && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			body = squeeze(pool, body)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(j.status)
		_, _ = w.Write(body) // to a visitor who may have gone
	})
}

func squeeze(pool *sync.Pool, body []byte) []byte {
	var out bytes.Buffer
	z := pool.Get().(*gzip.Writer)
	defer pool.Put(z)
	z.Reset(&out)
	_, _ = z.Write(body) // into memory
	_ = z.Close()
	return out.Bytes()
}

// jsonWriter holds a JSON answer back until it is whole.
type jsonWriter struct {
	http.ResponseWriter
	status int
	json   bool
	body   bytes.Buffer
}

func (j *jsonWriter) WriteHeader(status int) {
	j.json = strings.Contains(j.Header().Get("Content-Type"), "json")
	if j.status = status; !j.json {
		j.ResponseWriter.WriteHeader(status)
	}
}

func (j *jsonWriter) Write(b []byte) (int, error) {
	if !j.json && strings.Contains(j.Header().Get("Content-Type"), "json") {
		j.json = true
	}
	if j.json {
		return j.body.Write(b)
	}
	return j.ResponseWriter.Write(b)
}

// Unwrap lets the stream reach the connection.
func (j *jsonWriter) Unwrap() http.ResponseWriter { return j.ResponseWriter }
