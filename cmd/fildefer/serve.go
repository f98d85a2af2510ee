package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"
)

// configFlag is the --config of every command that needs an installation.
type configFlag struct {
	Config string `required:"" type:"path" help:"Configuration file." placeholder:"FILE"`
}

type serveCmd struct {
	configFlag
	LogLevel slog.Level `default:"info" help:"Least level to log: debug, info, warn or error."`
}

func (s *serveCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(s.Config)
	if err != nil {
		return err
	}
	log := newLog(c.err, s.LogLevel)
	slog.SetDefault(log) // some libraries write to the log package
	doors, err := cfg.openDoors(ctx)
	if err != nil {
		return err
	}
	defer doors.close()
	a, err := openApp(ctx, cfg, log, time.Now)
	if err != nil {
		return err
	}
	err = a.run(ctx, doors, func() {
		_, _ = fmt.Fprintf(c.out, "Fildefer is ready on %s\n", cfg.address(doors.screens.Addr().String()))
	})
	return errors.Join(err, a.close())
}

func newLog(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// address is what to type into a browser.
func (c *config) address(addr string) string {
	if c.TLS != nil {
		return "https://" + addr
	}
	return "http://" + addr
}
