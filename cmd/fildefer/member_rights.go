package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/store"
)

type memberInviteCmd struct {
	configFlag
	Name  string `arg:"" help:"Name of the person."`
	Grant string `required:"" help:"role@territory, e.g. operator@lyon/bottling/line-3." placeholder:"ROLE@PATH"`
	Lang  string `default:"fr" enum:"fr,en" help:"Language of the screens: fr or en."`
}

func (m *memberInviteCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(m.Config)
	if err != nil {
		return err
	}
	grants, err := parseGrants([]string{m.Grant})
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		if err := s.SetTerritories(ctx, cfg.tree()); err != nil {
			return err
		}
		reception := auth.NewReception(feed.NewRoster(s, time.Now))
		i, code, err := reception.Invite(ctx, feed.Console(), feed.Invitation{Name: m.Name, Lang: feed.Lang(m.Lang), Grant: grants[0]})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "%s opens /welcome in a browser and types %s, once, until %s\n", m.Name, code, i.Expires.Local().Format("2006-01-02 15:04"))
		return err
	})
}

type memberExportCmd struct {
	configFlag
	ID  string `arg:"" help:"Name the person signs in with."`
	Out string `default:"fildefer.zip" help:"File to write." type:"path"`
}

func (m *memberExportCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(m.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		id := feed.MemberID(m.ID)
		person, err := s.Member(ctx, id)
		if err != nil {
			return fmt.Errorf("export %s: %w", m.ID, err)
		}
		var file bytes.Buffer
		if err := api.WriteDossier(ctx, &file, s, id, person.Lang); err != nil {
			return fmt.Errorf("export %s: %w", m.ID, err)
		}
		if err := os.WriteFile(m.Out, file.Bytes(), 0o600); err != nil {
			return err
		}
		if err := s.Note(ctx, feed.AuditEntry{At: time.Now(), Subject: id, Action: "person.export"}); err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "all that is kept of %s is in %s\n", m.ID, m.Out)
		return err
	})
}

type memberEraseCmd struct {
	configFlag
	ID  string `arg:"" help:"Name the person signs in with."`
	Yes bool   `help:"Do it: it cannot be undone."`
}

func (m *memberEraseCmd) run(ctx context.Context, c console) error {
	if !m.Yes {
		return errors.New("what the person wrote stays as a former member's, all else goes, and nothing brings it back; add --yes to do it")
	}
	cfg, err := loadConfig(m.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		if err := feed.NewRoster(s, time.Now).Erase(ctx, feed.Console(), feed.MemberID(m.ID), cfg.erasures().add); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.out, m.ID, "is forgotten")
		return err
	})
}
