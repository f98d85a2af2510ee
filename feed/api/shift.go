package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// How far ahead a calendar is read: the day that begins now; where nobody works
// in it, until somebody does, for a week at most.
const (
	shiftDay  = 24 * time.Hour
	shiftWeek = 7 * shiftDay
	shiftStep = 15 * time.Minute // of a time when nobody works
)

type shiftsQuery struct {
	Territory string `query:"territory" required:"true"`
}

type shiftList struct {
	Body struct {
		Shifts []string `json:"shifts" nullable:"false" doc:"Names of the shifts of the day at the place, the one that works now or else the next one first; none where no calendar says."`
	}
}

// shiftRoute tells who may be chosen where a notice is for a shift.
func (s *server) shiftRoute() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-shifts", Method: http.MethodGet, Path: "/api/v1/shifts",
		Summary: "The shifts of the day at a place", Errors: []int{http.StatusNotFound},
	}, s.shifts)
}

func (s *server) shifts(ctx context.Context, in *shiftsQuery) (*shiftList, error) {
	place := feed.Path(in.Territory)
	if !visitorOf(ctx).member.Scope().Contains(place) {
		return nil, feed.ErrNotFound
	}
	out := &shiftList{}
	out.Body.Shifts = s.Shifts.day(place, time.Now())
	return out, nil
}

// day names the shifts at a place in the day from now on, in their order.
func (of Shifts) day(place feed.Path, now time.Time) []string {
	names := []string{}
	if of == nil {
		return names
	}
	for at := now; at.Before(now.Add(shiftWeek)) && (len(names) == 0 || at.Before(now.Add(shiftDay))); {
		shift, works := of(place, at)
		if !works || !shift.End.After(at) {
			at = at.Add(shiftStep)
			continue
		}
		if !slices.Contains(names, shift.Shift) {
			names = append(names, shift.Shift)
		}
		at = shift.End
	}
	return names
}
