package main

import (
	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/pipeline/rule"
)

var _ api.Rules = (*rulebook)(nil)

// List says in the API's words which rules run.
func (b *rulebook) List() []api.RuleInfo {
	set, _ := b.current()
	texts := map[string]string{}
	for _, d := range b.source() {
		texts[d.Name] = string(d.Data)
	}
	var out []api.RuleInfo
	for _, r := range set.Rules() {
		info := api.RuleInfo{
			ID: r.ID, Kind: r.KindName, Owner: r.Owner, Topic: r.Topic, Severity: r.Severity,
			Title: feed.Text(r.Sentence()), File: r.File, Line: r.Line, Match: match(r.Match), Source: texts[r.File], Expected: r.Expect.PostsPerDay,
		}
		for _, step := range r.Escalate {
			info.Asks = append(info.Asks, step.To)
		}
		if r.Shadow != nil {
			info.Author, info.Of = feed.MemberID(r.Shadow.Author), r.Shadow.Of
		}
		out = append(out, info)
	}
	return out
}

// Fault says what is wrong with the rule files as they are now; empty while
// they are what runs.
func (b *rulebook) Fault() string {
	if _, err := b.current(); err != nil {
		return err.Error()
	}
	return ""
}

func match(m rule.Match) string {
	if m.Source == "" {
		return m.Asset
	}
	return m.Asset + " (" + m.Source + ")"
}
