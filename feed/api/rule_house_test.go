package api_test

import (
	"context"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// rules are those of the house: one that speaks, one that its author tries.
type rules struct{}

func (rules) Fault() string { return "line.yaml:3:5: low: write a number here" }

func (rules) List() []api.RuleInfo {
	weight := api.RuleInfo{
		ID: "weight", Kind: "limit", Owner: "@maintenance", Topic: "quality", Severity: "major", File: "line.yaml", Line: 3,
		Title:  feed.Text{FR: "{asset} : {value|1} {unit} pour {limit|1} {unit}", EN: "{asset}: {value|1} {unit}, limit {limit|1} {unit}"},
		Source: "rules: []", Expected: 2.5,
	}
	tried := weight
	tried.ID, tried.Author, tried.Of = "weight-2", "admin", "weight"
	order := api.RuleInfo{ID: "order", Kind: "production", Title: feed.Text{FR: "{order} : {count|0} / {target|0}", EN: "{order}: {count|0} / {target|0}"}}
	return []api.RuleInfo{weight, tried, order}
}

// replays takes every trial and is done at once; rules that say "wrong" are.
type replays struct{}

func (replays) Start(_ context.Context, _ feed.Member, r api.ReplayRequest) (string, error) {
	if strings.Contains(r.Rules, "wrong") {
		return "", api.Faults{{Line: 12, Text: `deadband: "wrong" is not a number`}, {Text: "no rules"}}
	}
	return "run-1", nil
}

func (replays) Get(_ feed.MemberID, lang feed.Lang, id string) (api.Replay, error) {
	if id != "run-1" {
		return api.Replay{}, feed.ErrNotFound
	}
	title := feed.Text{FR: "Trop lourd", EN: "Too heavy"}
	return api.Replay{State: api.ReplayDone, Progress: 1, Report: &api.ReplayReport{
		From: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Events: 43_000_000,
		Threads:  []api.DayCount{{Day: "2026-11-01", Territory: string(line3), Posts: 2}, {Day: "2026-11-01", Territory: string(aisle1), Posts: 9}},
		Diff:     &api.Diff{Added: []api.Opening{{Rule: "weight", Asset: string(filler), Title: title.Render(lang, nil)}, {Rule: "shelf", Asset: "paris/bastille"}}},
		Pictures: []api.Picture{{Rule: "shelf", Asset: "paris/bastille"}, {Rule: "weight", Asset: string(filler)}},
	}}, nil
}

func (replays) Cancel(_ feed.MemberID, id string) error {
	_, err := replays{}.Get("", feed.French, id)
	return err
}
