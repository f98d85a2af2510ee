package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/store"
)

type memberBadgeCmd struct {
	configFlag
	ID         string `arg:"" help:"Name the person signs in with."`
	BadgeStdin bool   `name:"badge-stdin" help:"Read the badge from standard input without asking."`
	Remove     bool   `help:"Take the badge away; every session of the person ends."`
}

func (m *memberBadgeCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(m.Config)
	if err != nil {
		return err
	}
	badge, said := "", "has no badge any more"
	if !m.Remove {
		if badge, err = ask(c, m.BadgeStdin, "Badge (hold it to the reader): "); err != nil {
			return fmt.Errorf("read the badge: %w", err)
		}
		if badge == "" {
			return fmt.Errorf("badge of %s: nothing was read; --remove takes the badge away", m.ID)
		}
		said = "may sign in by badge on paired devices"
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		if err := auth.NewService(s, s, time.Now).SetBadge(ctx, "", feed.MemberID(m.ID), badge); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.out, m.ID, said)
		return err
	})
}
