package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/roster"
	"github.com/fildefer/fildefer/feed/store"
)

type memberImportCmd struct {
	configFlag
	File   string `arg:"" type:"existingfile" help:"CSV (; or ,) or YAML; the keys are id, name, language, territory, role, functions, badge. Who has several places has a line for each."`
	DryRun bool   `help:"Only check the file."`
}

func (i *memberImportCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(i.Config)
	if err != nil {
		return err
	}
	rows, err := readRoster(i.File, roster.People{}.Read)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		if err := s.SetTerritories(ctx, cfg.tree()); err != nil {
			return err
		}
		in, err := auth.NewReception(feed.NewRoster(s, time.Now)).Import(ctx, feed.Console(), rows, i.DryRun)
		if err != nil {
			return inFile(i.File, err)
		}
		did := "imported; whoever has no badge needs an invitation from the members page, or a PIN: fildefer member add"
		if i.DryRun {
			did = "nothing was done"
		}
		_, err = fmt.Fprintf(c.out, "%d new, %d changed, %d unchanged: %s\n", len(in.New), len(in.Changed), in.Same, did)
		return err
	})
}
