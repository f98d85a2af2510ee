package main

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
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
	const lower = "Un chariot plus bas pour changer les moules sans se baisser."
	if had, err := a.proposed(ctx, colleague("tomas"), lower); had || err != nil {
		return err // by a first start that was broken off
	}
	away := feed.Absence{Member: "julie", From: now.Add(-12 * day), Until: now.Add(30 * day), Delegate: "ines"}
	if err := a.store.SetAbsence(ctx, away); err != nil {
		return fmt.Errorf("demo absence of %s: %w", away.Member, err)
	}
	s, tomas, ines := a.service, colleague("tomas"), colleague("ines")

	clock.set(now.Add(-5 * day))
	cart, _, err := s.Report(ctx, tomas, feed.Draft{Kind: feed.Idea, Territory: presses, Text: lower})
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

// proposed tells whether somebody has had that idea already, in this start of the
// demo or in an earlier one, whatever was decided about it.
func (a *app) proposed(ctx context.Context, m feed.Member, text string) (bool, error) {
	for _, state := range []string{feed.AnyOpen, feed.AnyEnded} {
		page, err := a.store.Feed(ctx, m.Scope(), feed.Query{Kind: feed.Idea, State: state, Limit: feed.MaxPage})
		if err != nil {
			return false, fmt.Errorf("ideas of %s: %w", m.ID, err)
		}
		if slices.ContainsFunc(page.Posts, func(p *feed.Post) bool { return p.Author.Member == m.ID && p.Text == text }) {
			return true, nil
		}
	}
	return false, nil
}
