package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/store"
)

// demoCodes is how long the demo's pairing codes last: for as long as it runs,
// since it listens on this computer only.
const demoCodes = 100 * 365 * 24 * time.Hour

// demoDevice is a device of the demo with the code that pairs it.
type demoDevice struct {
	feed.Device
	code string
}

var demoDevices = []feed.Device{
	{ID: "demo-line-3", Name: "Tablette Ligne 3", Place: "lyon/bottling/line-3", Kind: feed.StationDevice},
	{ID: "demo-epicerie", Name: "Téléphone Épicerie", Place: "villeurbanne/epicerie-sucree", Kind: feed.StationDevice},
	{ID: "demo-wall", Name: "Écran Lyon", Place: "lyon", Kind: feed.WallDevice},
}

// addDemoDevices gives each device a code of this start. What was paired before
// stays so until its new code is used.
func addDemoDevices(ctx context.Context, s *store.Store) ([]demoDevice, error) {
	pairing := auth.NewPairing(s, time.Now, demoCodes)
	var out []demoDevice
	for _, d := range demoDevices {
		add := pairing.Enrol
		if _, err := s.Device(ctx, d.ID); err == nil {
			add = pairing.Renew
		}
		d, code, err := add(ctx, "", d)
		if err != nil {
			return nil, fmt.Errorf("demo device %s: %w", d.Name, err)
		}
		out = append(out, demoDevice{d, code})
	}
	return out, nil
}
