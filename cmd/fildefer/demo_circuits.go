package main

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/circuit"
)

//go:embed demo/circuits.yaml
var demoCircuits []byte

// demoSweep is how often the demo lets time pass over decisions: whoever tries it
// waits for nothing.
const demoSweep = 2 * time.Second

// loadDemoCircuits has the demo decide as its own circuits say.
func (c *config) loadDemoCircuits() error {
	own, err := circuit.Parse("demo/circuits.yaml", demoCircuits)
	if err != nil {
		return err
	}
	c.circuits, c.sweep = complete(own), demoSweep
	return nil
}

const (
	presses = feed.Path("lyon/presses")
	line3   = feed.Path("lyon/bottling/line-3")
)

// colleague is somebody of the demo by id.
func colleague(id feed.MemberID) feed.Member {
	for _, m := range demoColleagues {
		if m.ID == id {
			return m
		}
	}
	return feed.Member{}
}

// addDemoDecisions has people ask and propose in the days before: an idea whose
// decider is away and that is late, one that half of those who decide agreed to,
// and a question that waits for its answer.
func addDemoDecisions(ctx context.Context, a *app, clock *clock) error {
	now := time.Now().UTC()
	const day = 24 * time.Hour
	away := feed.Absence{Member: "julie", From: now.Add(-12 * day), Until: now.Add(30 * day), Delegate: "ines"}
	if err := a.store.SetAbsence(ctx, away); err != nil {
		return fmt.Errorf("demo absence of %s: %w", away.Member, err)
	}
	s, tomas, ines := a.service, colleague("tomas"), colleague("ines")

	clock.set(now.Add(-5 * day))
	cart, _, err := s.Report(ctx, tomas, feed.Draft{Kind: feed.Idea, Territory: presses, Text: "Un chariot plus bas pour changer les moules sans se baisser."})
	if err != nil {
		return fmt.Errorf("demo idea: %w", err)
	}
	marks, _, err := s.Report(ctx, tomas, feed.Draft{Kind: feed.Idea, Territory: presses, Text: "Des repères au sol pour ranger les moules par presse."})
	if err != nil {
		return fmt.Errorf("demo idea: %w", err)
	}
	clock.set(now.Add(-4 * day))
	if _, err := s.React(ctx, ines, cart.ID, feed.Useful, true); err != nil {
		return fmt.Errorf("demo reaction: %w", err)
	}
	if _, err := s.Rule(ctx, ines, marks.ID, feed.Ruling{Outcome: feed.Accepted, Reason: "Simple à faire"}); err != nil {
		return fmt.Errorf("demo opinion: %w", err)
	}
	clock.set(now.Add(-3 * day))
	if _, err := s.Rule(ctx, demoPeople[3].Member, marks.ID, feed.Ruling{Outcome: feed.Accepted, Reason: "Gain pour tous"}); err != nil {
		return fmt.Errorf("demo vote: %w", err)
	}
	clock.set(now.Add(-3 * time.Hour))
	_, _, err = s.Report(ctx, demoPeople[0].Member, feed.Draft{
		Kind: feed.Question, Territory: line3, Text: "Le convoyeur siffle depuis lundi : faut-il retendre la courroie ?",
		For: &feed.Population{Places: []feed.Path{line3}, Roles: []feed.Role{"maintenance"}}, Deadline: now.Add(21 * time.Hour),
	})
	if err != nil {
		return fmt.Errorf("demo question: %w", err)
	}
	return nil
}
