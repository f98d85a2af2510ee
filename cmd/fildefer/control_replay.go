package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/fildefer/fildefer/pipeline/replay"
)

// consoleOwner owns the retrials that the command line asked for.
const consoleOwner = "console"

// retrialAsk is how often the command line asks how far a retrial is.
const retrialAsk = 200 * time.Millisecond

// past is what the running program offers to whoever tries rules on it.
type past struct {
	app  *app
	list *retrials
}

// order starts what was asked for.
func (p *past) order(owner string, t *retrialOrder) (id string, err error) {
	r, err := t.retrial(p.app.cfg.loadRules)
	if err != nil {
		return "", err
	}
	return p.list.start(owner, r, replay.NewPast(p.app.bus, shards, t.From, t.To))
}

// routes adds what the command line may ask.
func (p *past) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /retrials", func(w http.ResponseWriter, r *http.Request) {
		var t retrialOrder
		err := json.NewDecoder(r.Body).Decode(&t)
		var id string
		if err == nil {
			id, err = p.order(consoleOwner, &t)
		}
		answer(w, id, err)
	})
	mux.HandleFunc("GET /retrials/{id}", func(w http.ResponseWriter, r *http.Request) {
		state, err := p.list.get(consoleOwner, r.PathValue("id"))
		answer(w, state, err)
	})
	mux.HandleFunc("DELETE /retrials/{id}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, nil, p.list.drop(consoleOwner, r.PathValue("id")))
	})
}

// retry lets the running program do it, and asks until it is done. When ctx
// ends, the program is told to leave off.
func (c *control) retry(ctx context.Context, t *retrialOrder, show func(retrialState)) (*retried, error) {
	var id string
	if err := c.send(ctx, http.MethodPost, "/retrials", t, &id); err != nil {
		return nil, err
	}
	defer func() { _ = c.call(context.WithoutCancel(ctx), http.MethodDelete, "/retrials/"+id, nil) }()
	ticker := time.NewTicker(retrialAsk)
	defer ticker.Stop()
	for {
		var state retrialState
		if err := c.call(ctx, http.MethodGet, "/retrials/"+id, &state); err != nil {
			return nil, err
		}
		switch {
		case state.Error != "":
			return nil, fmt.Errorf("%s", state.Error)
		case state.Done:
			return state.Result, nil
		}
		show(state)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-ticker.C:
		}
	}
}
