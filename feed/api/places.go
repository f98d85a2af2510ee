package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Places is what the API reads of the territory tree.
type Places interface {
	Trees
	// Territories lists the places in scope and the ancestors that lead to
	// them.
	Territories(ctx context.Context, scope feed.Scope) ([]feed.Territory, error)
	// OpenCounts is the number of open posts at or below each place in scope.
	OpenCounts(ctx context.Context, scope feed.Scope) (map[feed.Path]int, error)
	Pulses
}

// Machines is what the API reads of machines.
type Machines interface {
	Machines(ctx context.Context, scope feed.Scope, territory feed.Path) ([]feed.Vitals, error)
}

// Territory is one place of the tree.
type Territory struct {
	Path    string   `json:"path"`
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	Parent  string   `json:"parent,omitempty"`
	Target  *float64 `json:"target,omitempty" doc:"What its rate should be."`
	Open    int      `json:"open" doc:"Open posts at or below it; 0 where the reader may not read."`
	Rollout string   `json:"rollout" enum:"ghost,pilot,open" doc:"How far the place is with Fildefer, by itself or by what lies above."`
}

type territoryList struct {
	Body struct {
		Territories []Territory `json:"territories" nullable:"false"`
	}
}

// Machine is what a machine says of itself now.
type Machine struct {
	Path      string   `json:"path"`
	Name      string   `json:"name"`
	Territory string   `json:"territory" doc:"Where its posts stand."`
	Target    *float64 `json:"target,omitempty"`
	Severity  string   `json:"severity,omitempty" enum:"critical,major,minor,info" doc:"Of its gravest open post."`
	Taken     bool     `json:"taken"`
	Stale     bool     `json:"stale"`
	Signals   []Signal `json:"signals" nullable:"false"`
}

// Signal is the last value of one signal.
type Signal struct {
	Signal string    `json:"signal"`
	Value  *float64  `json:"value,omitempty"`
	Text   string    `json:"text,omitempty"`
	Unit   string    `json:"unit,omitempty"`
	At     time.Time `json:"at"`
}

type territoryQuery struct {
	Territory string `query:"territory" doc:"At or below this place."`
}

type machineList struct {
	Body struct {
		Machines []Machine `json:"machines" nullable:"false"`
	}
}

func (s *server) placeRoutes() {
	route(s, feed.Know, huma.Operation{
		OperationID: "list-territories", Method: http.MethodGet, Path: "/api/v1/territories",
		Summary: "The places that the reader knows of, and those above",
	}, s.territories)
	route(s, feed.Read, huma.Operation{
		OperationID: "list-machines", Method: http.MethodGet, Path: "/api/v1/machines",
		Summary: "Machines and their last values", Errors: []int{http.StatusNotFound},
	}, s.machines)
}

func (s *server) territories(ctx context.Context, _ *struct{}) (*territoryList, error) {
	m := visitorOf(ctx).member
	nodes, err := s.Places.Territories(ctx, m.Known())
	if err != nil {
		return nil, fmt.Errorf("territories: %w", err)
	}
	open, err := s.Places.OpenCounts(ctx, m.Scope())
	if err != nil {
		return nil, fmt.Errorf("open posts by territory: %w", err)
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out := &territoryList{}
	out.Body.Territories = make([]Territory, 0, len(nodes))
	for _, n := range nodes {
		out.Body.Territories = append(out.Body.Territories, territory(tree, n, open))
	}
	return out, nil
}

func territory(tree *feed.Tree, n feed.Territory, open map[feed.Path]int) Territory {
	return Territory{
		Path: string(n.Path), Name: n.Name, Kind: string(n.Kind), Parent: string(n.Path.Parent()),
		Target: target(n), Open: open[n.Path], Rollout: string(tree.Rollout(n.Path)),
	}
}

func (s *server) machines(ctx context.Context, in *territoryQuery) (*machineList, error) {
	scope, err := visitorOf(ctx).within(in.Territory)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	vitals, err := s.Machines.Machines(ctx, scope, "")
	if err != nil {
		return nil, fmt.Errorf("machines of %q: %w", in.Territory, err)
	}
	out := &machineList{}
	out.Body.Machines = make([]Machine, 0, len(vitals))
	for _, v := range vitals {
		out.Body.Machines = append(out.Body.Machines, machine(tree, v))
	}
	return out, nil
}

func machine(tree *feed.Tree, v feed.Vitals) Machine {
	m := Machine{
		Path: string(v.Machine.Path), Name: tree.Name(v.Machine.Path), Territory: string(tree.Home(v.Machine.Path)),
		Target: target(v.Machine), Severity: string(v.Severity), Taken: v.Taken, Stale: v.Stale,
		Signals: make([]Signal, 0, len(v.Traces)),
	}
	for _, t := range v.Traces {
		s := Signal{Signal: t.Signal, Text: t.Text, Unit: t.Unit, At: utc(t.At)}
		if n := len(t.Points); n > 0 && t.Text == "" {
			s.Value = finite(&t.Points[n-1].Value)
		}
		m.Signals = append(m.Signals, s)
	}
	return m
}

func target(n feed.Territory) *float64 {
	if n.Target == 0 {
		return nil
	}
	return &n.Target
}
