package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/store"
)

type deviceCmd struct {
	Add    deviceAddCmd    `cmd:"" help:"Add a shared tablet, phone or wall display; prints the code to type in on it."`
	List   deviceListCmd   `cmd:"" help:"List devices, where they are and when they were last seen."`
	Code   deviceCodeCmd   `cmd:"" help:"Give a device another code; what is paired stays so until it is used."`
	Revoke deviceRevokeCmd `cmd:"" help:"Revoke a device that was lost, with every session opened on it."`
}

type deviceAddCmd struct {
	configFlag
	Name  string `arg:"" help:"What people call it."`
	Place string `required:"" help:"Territory that it shows, e.g. lyon/bottling/line-3." placeholder:"PATH"`
	Kind  string `default:"station" enum:"station,wall" help:"station: people take posts and sign in on it; wall: reads only."`
}

func (d *deviceAddCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(d.Config)
	if err != nil {
		return err
	}
	device, err := feed.NewDevice(feed.NewTree(cfg.tree()), d.Name, feed.Path(d.Place), feed.DeviceKind(d.Kind), time.Now())
	if feed.ProblemOf(err) == feed.NotFound {
		return fmt.Errorf("--place %s: the configuration has no such territory", d.Place)
	}
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		kept, code, err := auth.NewPairing(s, time.Now, auth.CodeFor).Enrol(ctx, "", device)
		if err != nil {
			return err
		}
		return c.sayCode(kept, code)
	})
}

// sayCode tells what to do on the device.
func (c console) sayCode(d feed.Device, code string) error {
	_, err := fmt.Fprintf(c.out, "%s %s\non the device, open Fildefer and type %s before %s\n", d.ID, d.Name, code, d.CodeExpires.Local().Format("15:04"))
	return err
}

type deviceListCmd struct{ configFlag }

func (d *deviceListCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(d.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		all, err := s.Devices(ctx)
		if err != nil {
			return err
		}
		for _, d := range all {
			seen := "not paired"
			if !d.PairedAt.IsZero() {
				seen = "seen " + d.SeenAt.Local().Format("2006-01-02 15:04")
			}
			if _, err := fmt.Fprintf(c.out, "%s  %-7s  %-24s  %-32s  %s\n", d.ID, d.Kind, d.Name, d.Place, seen); err != nil {
				return err
			}
		}
		return nil
	})
}

type deviceCodeCmd struct {
	configFlag
	ID string `arg:"" help:"Device, as device list tells it."`
}

func (d *deviceCodeCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(d.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		device, err := s.Device(ctx, feed.DeviceID(d.ID))
		if err != nil {
			return err
		}
		kept, code, err := auth.NewPairing(s, time.Now, auth.CodeFor).Renew(ctx, "", device)
		if err != nil {
			return err
		}
		return c.sayCode(kept, code)
	})
}

type deviceRevokeCmd struct {
	configFlag
	ID string `arg:"" help:"Device, as device list tells it."`
}

func (d *deviceRevokeCmd) run(ctx context.Context, c console) error {
	cfg, err := loadConfig(d.Config)
	if err != nil {
		return err
	}
	return withStore(ctx, cfg, func(s *store.Store) error {
		if err := s.RevokeDevice(ctx, "", feed.DeviceID(d.ID)); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.out, "%s shows nothing any more; every session opened on it has ended\n", d.ID)
		return err
	})
}
