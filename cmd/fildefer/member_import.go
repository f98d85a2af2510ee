package main

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
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
	rows, err := readRoster(i.File, feed.MemberFields)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		if err := s.SetTerritories(ctx, cfg.tree()); err != nil {
			return err
		}
		tree, err := s.Tree(ctx)
		if err != nil {
			return err
		}
		people, faults := feed.PlanMembers(tree, rows)
		if faults != nil {
			return inFile(i.File, faults)
		}
		if i.DryRun {
			_, err = fmt.Fprintf(c.out, "%s: no fault; nothing was done\n", plural(len(people), "person"))
			return err
		}
		if err := s.Enrol(ctx, people, auth.BadgeHash); err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "%s imported; whoever has no badge needs a PIN: fildefer member add\n", plural(len(people), "person"))
		return err
	})
}
