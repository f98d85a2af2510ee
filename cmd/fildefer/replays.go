package main

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// replayPictures is how many signals a report shows.
const replayPictures = 6

// replays lets members try rules from a page.
type replays struct{ past *past }

var _ api.Replays = replays{}

// Start runs the rules, and refuses those that are wrong with their lines.
func (r replays) Start(_ context.Context, m feed.Member, asked api.ReplayRequest) (string, error) {
	id, err := r.past.start(memberOwner(m.ID), &replayOrder{
		Rules:   []replay.Document{{Name: "rules", Data: []byte(asked.Rules)}},
		Current: asked.Against, From: asked.From, To: asked.To, Pictures: replayPictures,
	})
	switch {
	case errors.Is(err, replay.ErrRunning):
		return "", feed.Refuse(feed.Conflict, "Un essai tourne déjà : attendez sa fin ou arrêtez-le.", "A trial of yours is running: wait until it has ended, or stop it.")
	case errors.Is(err, replay.ErrBusy):
		return "", feed.Refuse(feed.Conflict, "D'autres essais tournent : réessayez quand ils seront finis.", "Other trials are running: try again when they have ended.")
	case err != nil:
		return "", faultsOf(err)
	}
	return id, nil
}

// memberOwner keeps members apart from the command line.
func memberOwner(id feed.MemberID) string { return "member:" + string(id) }

// faultsOf says where the rules are wrong.
func faultsOf(err error) api.Faults {
	var all api.Faults
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			all = append(all, faultsOf(one)...)
		}
		return all
	}
	var fault *rule.Error
	if !errors.As(err, &fault) {
		return api.Faults{{Text: err.Error()}}
	}
	text := fault.Text
	if fault.Key != "" {
		text = fault.Key + ": " + text
	}
	return api.Faults{{Line: fault.Line, Text: text}}
}

// Get tells how far a replay is.
func (r replays) Get(m feed.MemberID, lang feed.Lang, id string) (api.Replay, error) {
	state, err := r.past.jobs.Get(memberOwner(m), id)
	switch {
	case err != nil:
		return api.Replay{}, feed.ErrNotFound
	case state.Error != "":
		return api.Replay{State: api.ReplayFailed, Progress: state.Share, Error: state.Error}, nil
	case !state.Done:
		return api.Replay{State: api.ReplayRunning, Progress: state.Share}, nil
	}
	return api.Replay{State: api.ReplayDone, Progress: 1, Report: replayReport(state.Result, lang)}, nil
}

// Cancel ends a replay and forgets it.
func (r replays) Cancel(m feed.MemberID, id string) error {
	if err := r.past.jobs.Drop(memberOwner(m), id); err != nil {
		return feed.ErrNotFound
	}
	return nil
}

// replayReport says in the API's words what would have been posted.
func replayReport(result *replay.Result, lang feed.Lang) *api.ReplayReport {
	r := result.Report
	out := &api.ReplayReport{From: r.From, To: r.To, Events: r.Events, Chatter: len(r.Chatter), FloodShare: r.FloodShare}
	for _, d := range r.Threads {
		out.Threads = append(out.Threads, api.DayCount{Day: d.Day, Territory: string(d.Territory), Posts: d.Posts, Bumps: d.Bumps})
	}
	for _, s := range r.Top {
		out.Top = append(out.Top, api.RuleShare(s))
	}
	for _, p := range r.Pictures {
		out.Pictures = append(out.Pictures, picture(p))
	}
	if result.Diff != nil {
		out.Diff = &api.Diff{Same: result.Diff.Same, Added: openings(result.Diff.Added, lang), Removed: openings(result.Diff.Removed, lang)}
	}
	return out
}

func picture(p replay.Picture) api.Picture {
	out := api.Picture{Rule: p.Rule, Asset: string(p.Asset), Signal: p.Signal, Unit: p.Unit, Limits: p.Limits}
	for _, point := range p.Points {
		out.Points = append(out.Points, api.Point(point))
	}
	for _, s := range p.Opens {
		span := api.Span{At: s.At}
		if !s.Until.IsZero() {
			span.Until = new(time.Time)
			*span.Until = s.Until
		}
		out.Opens = append(out.Opens, span)
	}
	return out
}

// mostOpenings is how many posts a page lists on each side of a comparison.
const mostOpenings = 500

func openings(list []replay.Opening, lang feed.Lang) []api.Opening {
	out := make([]api.Opening, 0, min(len(list), mostOpenings))
	for _, o := range list[:cap(out)] {
		title := o.Title.FR
		if lang == feed.English && o.Title.EN != "" {
			title = o.Title.EN
		}
		out = append(out, api.Opening{Rule: o.Rule, Asset: string(cmp.Or(o.Asset, o.Territory)), At: o.At, Title: title})
	}
	return out
}
