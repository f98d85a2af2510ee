package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// consoleOwner owns the replays that the command line asked for.
const consoleOwner = "console"

// askEvery is how often the command line asks how far a replay is.
const askEvery = 200 * time.Millisecond

// past lets people try rules on what the running program has in its stream.
type past struct {
	stream replay.Stream
	rules  func() (*rule.Set, error) // that run now
	jobs   *replay.Jobs
}

func (p *past) start(owner string, o *replayOrder) (id string, err error) {
	task, err := o.task(p.rules)
	if err != nil {
		return "", err
	}
	return p.jobs.Start(owner, task, replay.NewPast(p.stream, shards, o.From, o.To))
}

// routes adds what the command line may ask.
func (p *past) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /replays", func(w http.ResponseWriter, r *http.Request) {
		var o replayOrder
		var id string
		err := json.NewDecoder(r.Body).Decode(&o)
		if err == nil {
			id, err = p.start(consoleOwner, &o)
		}
		answer(w, id, err)
	})
	mux.HandleFunc("GET /replays/{id}", func(w http.ResponseWriter, r *http.Request) {
		state, err := p.jobs.Get(consoleOwner, r.PathValue("id"))
		answer(w, state, err)
	})
	mux.HandleFunc("DELETE /replays/{id}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, nil, p.jobs.Drop(consoleOwner, r.PathValue("id")))
	})
}

// rerun lets the running program do it, and asks until it is done. When ctx
// ends, the program is told to leave off.
func (c *control) rerun(ctx context.Context, o *replayOrder, show func(replay.Progress)) (*replay.Result, error) {
	var id string
	if err := c.send(ctx, http.MethodPost, "/replays", o, &id); err != nil {
		return nil, err
	}
	defer func() { _ = c.call(context.WithoutCancel(ctx), http.MethodDelete, "/replays/"+id, nil) }()
	ticker := time.NewTicker(askEvery)
	defer ticker.Stop()
	for {
		var state replay.JobState
		if err := c.call(ctx, http.MethodGet, "/replays/"+id, &state); err != nil {
			return nil, err
		}
		switch {
		case state.Error != "":
			return nil, errors.New(state.Error)
		case state.Done:
			return state.Result, nil
		}
		show(replay.Progress{Events: state.Events, Share: state.Share})
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-ticker.C:
		}
	}
}
