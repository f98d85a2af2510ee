package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/roster"
	"github.com/fildefer/fildefer/feed/store"
)

type territoryCmd struct {
	Import territoryImportCmd `cmd:"" help:"Make of the tree what a CSV or YAML file says; every fault with line and column, nothing until all is right."`
	Export territoryExportCmd `cmd:"" help:"Print the tree as a file that can be imported again."`
}

// everywhere is whoever holds the configuration: the command line.
func everywhere() feed.Member {
	return feed.Member{Grants: []feed.Grant{{Role: feed.Admin}}}
}

type territoryImportCmd struct {
	configFlag
	File   string `arg:"" type:"existingfile" help:"CSV (; or ,) or YAML; the keys are path (or parent and name), name, kind, target, rollout, calendar, language, animator, charter, charter_en."`
	DryRun bool   `help:"Only tell what it would change."`
}

func (i *territoryImportCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(i.Config)
	if err != nil {
		return err
	}
	rows, err := readRoster(i.File, roster.Places{}.Read)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		if err := s.SetTerritories(ctx, cfg.tree()); err != nil {
			return err
		}
		plan, err := feed.NewPlaces(s, time.Now).Import(ctx, everywhere(), rows, i.DryRun)
		if err != nil {
			return inFile(i.File, err)
		}
		did := "imported"
		if i.DryRun {
			did = "nothing was done"
		}
		_, err = fmt.Fprintf(c.out, "%d new, %d changed, %d unchanged: %s\n", len(plan.New), len(plan.Changed), plan.Same, did)
		return err
	})
}

// readRoster reads the rows of a file.
func readRoster(file string, read func(name string, data []byte) ([]feed.Row, error)) ([]feed.Row, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	rows, err := read(filepath.Base(file), data)
	if err != nil {
		return nil, inFile(file, err)
	}
	return rows, nil
}

// inFile lists the faults of a file, each with its place in it.
func inFile(file string, err error) error {
	var faults feed.RowFaults
	if !errors.As(err, &faults) {
		return err
	}
	var all []error
	for _, f := range faults {
		all = append(all, fmt.Errorf("%s:%s", file, f.Render(feed.English)))
	}
	return errors.Join(append(all, errors.New("nothing was imported"))...)
}

type territoryExportCmd struct {
	configFlag
	Format string `default:"csv" enum:"csv,yaml" help:"csv or yaml."`
}

func (e *territoryExportCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(e.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		nodes, err := s.Territories(ctx, feed.Scope{Roots: []feed.Path{""}})
		if err != nil {
			return err
		}
		b, err := roster.Places{}.Write(e.Format, nodes)
		if err != nil {
			return err
		}
		_, err = c.out.Write(b)
		return err
	})
}
