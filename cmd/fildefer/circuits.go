package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/circuit"
)

// loadCircuits reads the decision circuits of the configuration: none is no
// fault, since the feed has some of its own.
func (c *config) loadCircuits() ([]feed.Circuit, error) {
	var out []feed.Circuit
	var faults []error
	seen := map[string]string{}
	for _, pattern := range c.Circuits {
		files, err := filepath.Glob(c.path(pattern))
		if err == nil && len(files) == 0 {
			err = fmt.Errorf("there is no such file")
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("circuits %s: %w", pattern, err))
		}
		for _, file := range files {
			circuits, err := readCircuits(file)
			faults = append(faults, err)
			for _, one := range circuits {
				if first, ok := seen[one.Name]; ok {
					faults = append(faults, fmt.Errorf("%s: circuit %s is in %s already", file, one.Name, first))
				}
				seen[one.Name] = file
				out = append(out, one)
			}
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return complete(out), nil
}

func readCircuits(file string) ([]feed.Circuit, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return circuit.Parse(file, data)
}

// complete adds the feed's own circuits: what no configured one is for goes
// through them.
func complete(circuits []feed.Circuit) []feed.Circuit {
	if len(circuits) == 0 {
		return nil
	}
	return append(circuits, feed.DefaultCircuits()...)
}

// pace is how often time is let pass over what waits for it.
func (c *config) pace() time.Duration {
	if c.sweep > 0 {
		return c.sweep
	}
	return sweepPace
}
