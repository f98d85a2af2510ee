package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
)

const benchHouse = `
listen: 127.0.0.1:0
data: data
territories:
  - {path: plant, name: Plant, kind: site}
`

// house is a whole installation that runs in this process.
type house struct {
	*app
	url    string
	cancel context.CancelFunc
	ended  chan error
}

// openHouse writes an installation into a folder of the bench and runs it
// until it is closed.
func (b *bench) openHouse(ctx context.Context, name, config, rules string) (*house, error) {
	file, err := b.writeHouse(name, config, rules)
	if err != nil {
		return nil, err
	}
	cfg, err := loadConfig(file)
	if err != nil {
		return nil, err
	}
	doors, err := cfg.openDoors(ctx)
	if err != nil {
		return nil, err
	}
	a, err := openApp(ctx, cfg, b.log, time.Now)
	if err != nil {
		doors.close()
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	h := &house{app: a, cancel: cancel, ended: make(chan error, 1)}
	ready := make(chan string, 1)
	go func() { h.ended <- a.run(ctx, doors, func() { ready <- doors.screens.Addr().String() }) }()
	select {
	case addr := <-ready:
		h.url = cfg.address(addr)
		return h, nil
	case err := <-h.ended:
		cancel()
		return nil, errors.Join(err, a.close())
	}
}

// writeHouse returns the name of the configuration file.
func (b *bench) writeHouse(name, config, rules string) (string, error) {
	dir := filepath.Join(b.dir, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	file := filepath.Join(dir, "fildefer.yaml")
	return file, errors.Join(
		os.WriteFile(file, []byte(benchHouse+config), 0o600),
		os.WriteFile(filepath.Join(dir, "rules.yaml"), []byte(rules), 0o600))
}

func (h *house) close() error {
	h.cancel()
	return errors.Join(<-h.ended, h.app.close())
}

// signIn makes a member who sees everything, and returns a session.
func (h *house) signIn(ctx context.Context) (token string, err error) {
	hash, err := auth.HashPIN("1234")
	if err != nil {
		return "", err
	}
	member := feed.Member{ID: "bench", Name: "Bench", Lang: feed.French, Grants: []feed.Grant{{Territory: "plant", Role: feed.Manager}}}
	if err := h.store.AddMember(ctx, member, hash); err != nil {
		return "", err
	}
	body, err := json.Marshal(map[string]string{"member": "bench", "pin": "1234"})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url+"/api/v1/session", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("sign in: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusCreated {
		return "", fmt.Errorf("sign in: %s", res.Status)
	}
	var reply struct{ Token string }
	err = json.NewDecoder(res.Body).Decode(&reply)
	return reply.Token, err
}
