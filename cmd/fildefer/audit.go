package main

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Read the whole audit log again, and name the first line that is not as it was written."`
	Head   auditHeadCmd   `cmd:"" help:"Print how far the audit log is, to be kept elsewhere."`
}

type auditVerifyCmd struct {
	configFlag
	Head string `help:"File with a head that was kept elsewhere: shows that nothing was cut off." type:"existingfile" placeholder:"FILE"`
}

func (a *auditVerifyCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(a.Config)
	if err != nil {
		return err
	}
	kept, err := a.kept()
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		v, err := s.VerifyAudit(ctx, kept)
		if err != nil {
			return err
		}
		if v.Broken > 0 {
			return fmt.Errorf("audit log: line %d is broken: %s", v.Broken, v.Why)
		}
		days, err := verifySeals(ctx, s, cfg.auditKeyFile())
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "audit log: %d lines hold, %d tell of people who were forgotten since, %d days are signed; head %s\n", v.Head.N, v.Forgotten, days, v.Head.Hash)
		return err
	})
}

// kept is the head that was kept elsewhere, nil when none is given.
func (a *auditVerifyCmd) kept() (*feed.AuditHead, error) {
	if a.Head == "" {
		return nil, nil
	}
	text, err := os.ReadFile(a.Head)
	if err != nil {
		return nil, err
	}
	var head feed.AuditHead
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("%s: no head as fildefer audit head prints it: %w", a.Head, err)
	}
	return &head, nil
}

type auditHeadCmd struct{ configFlag }

func (a *auditHeadCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(a.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		head, err := s.AuditHead(ctx)
		if err != nil {
			return err
		}
		return json.NewEncoder(c.out).Encode(head)
	})
}

func (c *config) auditKeyFile() string { return filepath.Join(c.Data, "audit.key") }

// auditKey is the key that signs the audit log, made at first need.
func auditKey(file string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		_, key, err := ed25519.GenerateKey(nil)
		if err != nil {
			return nil, err
		}
		text = []byte(base64.StdEncoding.EncodeToString(key.Seed()) + "\n")
		return key, os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("key of the audit log: %w", err)
	}
	seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%s is no key of an audit log", file)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// sealText is what is signed of a day.
func sealText(h store.SealedHead) []byte { return fmt.Appendf(nil, "%s\n%d\n%s", h.Day, h.N, h.Hash) }

// seal signs how far the audit log is on the day of now, unless it is signed.
func seal(ctx context.Context, s *store.Store, key ed25519.PrivateKey, now time.Time) error {
	head, err := s.AuditHead(ctx)
	if err != nil || head.N == 0 {
		return err
	}
	h := store.SealedHead{Day: now.UTC().Format(time.DateOnly), AuditHead: head}
	h.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, sealText(h)))
	return s.SealHead(ctx, h)
}

// runSeals signs the audit log once a day until ctx ends.
func (a *app) runSeals(ctx context.Context) error {
	key, err := auditKey(a.cfg.auditKeyFile())
	if err != nil {
		return err
	}
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := seal(ctx, a.store, key, time.Now()); err != nil && ctx.Err() == nil {
			a.log.LogAttrs(ctx, slog.LevelWarn, "the audit log is not signed today", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// verifySeals checks the signature of every day and that the signed rows are
// where they were.
func verifySeals(ctx context.Context, s *store.Store, keyFile string) (days int, err error) {
	heads, err := s.SealedHeads(ctx)
	if err != nil || len(heads) == 0 {
		return 0, err
	}
	key, err := auditKey(keyFile)
	if err != nil {
		return 0, err
	}
	public, _ := key.Public().(ed25519.PublicKey)
	for _, h := range heads {
		signature, err := base64.StdEncoding.DecodeString(h.Signature)
		if err != nil || !ed25519.Verify(public, sealText(h), signature) {
			return 0, fmt.Errorf("audit log: the head of %s was not signed with %s", h.Day, keyFile)
		}
		v, err := s.VerifyAudit(ctx, &h.AuditHead)
		if err != nil {
			return 0, err
		}
		if v.Broken > 0 {
			return 0, fmt.Errorf("audit log: line %d is not as it was signed on %s: %s", v.Broken, h.Day, v.Why)
		}
	}
	return len(heads), nil
}
