package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Check tells what is wrong with something that the node needs.
type Check func(ctx context.Context) error

// checkTime bounds a check: what does not answer is not ready.
const checkTime = 2 * time.Second

type alive struct {
	Body struct {
		Alive bool `json:"alive"`
	}
}

// Ready tells whether the node takes traffic, and what holds it back.
type Ready struct {
	Ready  bool              `json:"ready"`
	Checks map[string]string `json:"checks" doc:"ok or failed, by what was checked."`
}

type readiness struct {
	Status int
	Body   Ready
}

func (s *server) healthRoutes() {
	route(s, anyone, huma.Operation{
		OperationID: "alive", Method: http.MethodGet, Path: "/healthz", Summary: "The process answers",
	}, func(context.Context, *struct{}) (*alive, error) {
		out := &alive{}
		out.Body.Alive = true
		return out, nil
	})
	route(s, anyone, huma.Operation{
		OperationID: "ready", Method: http.MethodGet, Path: "/readyz", Summary: "The node takes traffic",
		Responses: map[string]*huma.Response{"503": {Description: "Something that the node needs fails."}},
	}, s.ready)
}

// ready runs the checks at once. Their errors are for the log: they name hosts.
func (s *server) ready(ctx context.Context, _ *struct{}) (*readiness, error) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	out := &readiness{Status: http.StatusOK, Body: Ready{Ready: true, Checks: map[string]string{}}}
	var mu sync.Mutex
	var checks sync.WaitGroup
	for name, check := range s.Checks {
		checks.Go(func() {
			err := check(ctx)
			mu.Lock()
			defer mu.Unlock()
			out.Body.Checks[name] = "ok"
			if err != nil {
				s.Log.LogAttrs(ctx, slog.LevelWarn, "not ready", slog.String("check", name), slog.Any("error", err))
				out.Status, out.Body.Ready, out.Body.Checks[name] = http.StatusServiceUnavailable, false, "failed"
			}
		})
	}
	checks.Wait()
	return out, nil
}
