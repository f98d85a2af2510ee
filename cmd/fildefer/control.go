package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/pipeline/bus"
)

func controlHandler(box letterBox, p *past) http.Handler {
	mux := http.NewServeMux()
	p.routes(mux)
	mux.HandleFunc("GET /deadletters", func(w http.ResponseWriter, r *http.Request) {
		letters, err := box.list(r.Context())
		answer(w, letters, err)
	})
	mux.HandleFunc("POST /deadletters/{seq}/replay", func(w http.ResponseWriter, r *http.Request) {
		seq, err := strconv.ParseUint(r.PathValue("seq"), 10, 64)
		if err == nil {
			err = box.replay(r.Context(), seq)
		}
		answer(w, nil, err)
	})
	return mux
}

func answer(w http.ResponseWriter, body any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	_ = json.NewEncoder(w).Encode(body)
}

// control is the running program, seen from the command line.
type control struct{ client *http.Client }

// dialControl returns the program that runs on the data folder, or nil.
func dialControl(ctx context.Context, data string) *control {
	path := controlPath(data)
	dial := func(ctx context.Context) (net.Conn, error) {
		return (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", path)
	}
	conn, err := dial(ctx)
	if err != nil {
		return nil
	}
	_ = conn.Close()
	return &control{&http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
	}}}
}

func (c *control) list(ctx context.Context) (letters []bus.Letter, err error) {
	err = c.call(ctx, http.MethodGet, "/deadletters", &letters)
	return letters, err
}

func (c *control) replay(ctx context.Context, seq uint64) error {
	return c.call(ctx, http.MethodPost, fmt.Sprintf("/deadletters/%d/replay", seq), nil)
}

func (c *control) call(ctx context.Context, method, path string, reply any) error {
	return c.send(ctx, method, path, nil, reply)
}

func (c *control) send(ctx context.Context, method, path string, order, reply any) error {
	sent, err := json.Marshal(order)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://control"+path, bytes.NewReader(sent))
	if err != nil {
		return err
	}
	res, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return err
	case res.StatusCode != http.StatusOK:
		return errors.New(string(bytes.TrimSpace(body)))
	case reply == nil:
		return nil
	}
	return json.Unmarshal(body, reply)
}
