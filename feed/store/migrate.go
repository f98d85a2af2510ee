package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
)

//go:embed migration
var migrations embed.FS

// migrate brings the tables up to date. Processes that start together do it one
// after the other: PostgreSQL has a lock for it. On SQLite two of them may both
// find a step undone; it succeeds for one, and the other finds nothing to do
// when it looks again.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := fs.Sub(migrations, "migration/"+s.dialect.dir)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	options := []goose.ProviderOption{goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true)}
	if s.dialect.locker != nil {
		locker, err := s.dialect.locker()
		if err != nil {
			return fmt.Errorf("migration lock: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	for range 3 {
		if err = s.migrateOnce(ctx, steps, options); err == nil || s.dialect.locker != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("migrate the %s database: %w", s.dialect.dir, err)
	}
	return nil
}

func (s *Store) migrateOnce(ctx context.Context, steps fs.FS, options []goose.ProviderOption) error {
	p, err := goose.NewProvider(s.dialect.goose, s.write.DB, steps, options...)
	if err != nil {
		return err
	}
	done, err := p.Up(ctx)
	for _, step := range done {
		s.log.InfoContext(ctx, "database migrated", "version", step.Source.Version, "took", step.Duration)
	}
	return err
}
