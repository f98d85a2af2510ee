package plantsim

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Wire says where the plant speaks.
type Wire struct {
	MQTTURL     string  // broker to publish to: tcp://127.0.0.1:1883
	OPCUAListen string  // host:port of the OPC UA server; the port cannot be 0
	Dir         string  // folder in which files are dropped
	Speed       float64 // model time over real time; 0 counts as 1
}

const (
	liveStep  = time.Second      // of the model
	liveFiles = 20 * time.Second // of the model, between two drops

	historyFiles = 5 * time.Minute // the same, in history
)

// Run lets the plant live until ctx ends, going on where its history ended.
// What cannot be delivered while the broker is away is lost, as it is for a
// machine with a small memory. Run must not be called twice at a time.
func (p *Plant) Run(ctx context.Context, wire Wire) error {
	speed := wire.Speed
	if speed == 0 {
		speed = 1
	}
	if speed < 0 {
		return fmt.Errorf("run plant at speed %g: it must go forward", speed)
	}
	broker, err := dial(ctx, wire.MQTTURL)
	if err != nil {
		return err
	}
	defer broker.close()
	server, err := listen(ctx, wire.OPCUAListen, p.presses)
	if err != nil {
		return err
	}
	defer server.close()

	p.goLive(time.Now(), speed)
	tick := time.NewTicker(time.Duration(float64(liveStep) / speed))
	defer tick.Stop()
	say := func(m Message) error { return deliver(m, broker, server, wire.Dir) }
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := p.step(liveStep, liveFiles, say); err != nil {
			return err
		}
	}
}

func deliver(m Message, broker *broker, server *server, dir string) error {
	switch m := m.(type) {
	case MQTT:
		broker.publish(m)
		return nil
	case OPCUA:
		server.set(m)
		return nil
	case File:
		return drop(dir, m)
	}
	return errors.ErrUnsupported
}

// drop writes a file under another name and renames it, so that nobody reads
// half of it.
func drop(dir string, f File) error {
	path := filepath.Join(dir, f.Name)
	if err := os.WriteFile(path+".tmp", f.Body, 0o644); err != nil {
		return fmt.Errorf("drop %s: %w", f.Name, err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return fmt.Errorf("drop %s: %w", f.Name, err)
	}
	return nil
}
