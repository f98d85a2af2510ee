package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Bounds of a trial: a month, and rules of a readable length.
const (
	maxReplay = 30 * 24 * time.Hour
	maxRules  = 256 << 10
)

// Replays try rules on the past, beside what runs and without writing. A member
// sees their own only; the others are feed.ErrNotFound.
type Replays interface {
	// Start refuses rules that are wrong with Faults, and whoever has one
	// running with feed.Conflict.
	Start(ctx context.Context, m feed.Member, r ReplayRequest) (id string, err error)
	// Get tells its titles in lang.
	Get(m feed.MemberID, lang feed.Lang, id string) (Replay, error)
	Cancel(m feed.MemberID, id string) error
}

// ReplayRequest asks to try rules on what happened between two instants.
type ReplayRequest struct {
	Rules    string // YAML
	Against  bool   // compare with the rules that speak now
	From, To time.Time
}

// States of a replay.
const (
	ReplayRunning = "running"
	ReplayDone    = "done"
	ReplayFailed  = "failed"
)

// Replay is how far a trial is.
type Replay struct {
	State    string        `json:"state" enum:"running,done,failed"`
	Progress float64       `json:"progress" minimum:"0" maximum:"1"`
	Error    string        `json:"error,omitempty"`
	Report   *ReplayReport `json:"report,omitempty"`
}

type newReplay struct {
	Body struct {
		Rules   string    `json:"rules" minLength:"1" doc:"A rule file, YAML."`
		Against bool      `json:"against,omitempty" doc:"Compare with the rules that speak now."`
		From    time.Time `json:"from"`
		To      time.Time `json:"to"`
	}
}

type startedReplay struct {
	Location string `header:"Location"`
	Body     struct {
		ID string `json:"id"`
	}
}

type replayID struct {
	ID string `path:"id"`
}

type oneReplay struct{ Body Replay }

// A route under rules would not be told from one on a rule called replay.
func (s *server) replayRoutes() {
	const path = "/api/v1/replays"
	route(s, feed.Animate, huma.Operation{
		OperationID: "start-replay", Method: http.MethodPost, Path: path, DefaultStatus: http.StatusAccepted,
		Summary: "Try rules on the past; nothing is posted", MaxBodyBytes: maxRules,
		Errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity},
	}, s.startReplay)
	route(s, feed.Animate, huma.Operation{
		OperationID: "read-replay", Method: http.MethodGet, Path: path + "/{id}",
		Summary: "How far a trial is, and what it found", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *replayID) (*oneReplay, error) {
		if s.Replays == nil {
			return nil, feed.ErrNotFound
		}
		v := visitorOf(ctx)
		r, err := s.Replays.Get(v.member.ID, v.lang, in.ID)
		if err != nil {
			return nil, fmt.Errorf("replay %s: %w", in.ID, err)
		}
		if r.Report != nil {
			r.Report = r.Report.keptBy(v.member).complete()
		}
		return &oneReplay{Body: r}, nil
	})
	route(s, feed.Animate, huma.Operation{
		OperationID: "cancel-replay", Method: http.MethodDelete, Path: path + "/{id}", DefaultStatus: http.StatusNoContent,
		Summary: "Stop a trial and forget it", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *replayID) (*struct{}, error) {
		if s.Replays == nil {
			return nil, feed.ErrNotFound
		}
		if err := s.Replays.Cancel(visitorOf(ctx).member.ID, in.ID); err != nil {
			return nil, fmt.Errorf("cancel replay %s: %w", in.ID, err)
		}
		return nil, nil
	})
}

func (s *server) startReplay(ctx context.Context, in *newReplay) (*startedReplay, error) {
	if s.Replays == nil {
		return nil, feed.ErrNotFound
	}
	if span := in.Body.To.Sub(in.Body.From); span <= 0 || span > maxReplay {
		return nil, errPeriod
	}
	id, err := s.Replays.Start(ctx, visitorOf(ctx).member, ReplayRequest{
		Rules: in.Body.Rules, Against: in.Body.Against, From: in.Body.From, To: in.Body.To,
	})
	if err != nil {
		return nil, fmt.Errorf("replay from %s: %w", in.Body.From.Format(time.RFC3339), err)
	}
	out := &startedReplay{Location: "/api/v1/replays/" + id}
	out.Body.ID = id
	return out, nil
}

var errPeriod = feed.Refuse(feed.Invalid,
	"Choisissez une période qui a un début, une fin, et 30 jours au plus.", "Choose a period that has a beginning, an end, and at most 30 days.")

// Fault is one thing that is wrong in a rule file.
type Fault struct {
	Line int // 0: of the file as a whole
	Text string
}

// Faults refuses a rule file and says where it is wrong.
type Faults []Fault

func (f Faults) Error() string { return strconv.Itoa(len(f)) + " faults in the rules" }

// details are the faults as a problem lists them, each at its line.
func (f Faults) details() []*huma.ErrorDetail {
	out := make([]*huma.ErrorDetail, 0, len(f))
	for _, fault := range f {
		at := "rules"
		if fault.Line > 0 {
			at += ":" + strconv.Itoa(fault.Line)
		}
		out = append(out, &huma.ErrorDetail{Location: at, Message: fault.Text})
	}
	return out
}
