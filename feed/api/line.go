package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Lines is what the API reads of a line besides its posts.
type Lines interface {
	feed.Shop
	// Answered are what people answered to posts of a topic at or below a place,
	// those of the asset first, the most frequent first.
	Answered(ctx context.Context, place, asset feed.Path, topic feed.Topic) (causes, actions []string, err error)
}

// Shifts finds the shift that works at a place at an instant: its name, the
// next one's, and its hours.
type Shifts func(place feed.Path, at time.Time) (shift feed.Sheet, works bool)

type causesQuery struct {
	Territory string `query:"territory" required:"true"`
	Asset     string `query:"asset" doc:"The machine whose history counts first."`
	Topic     string `query:"topic" required:"true" enum:"quality,speed,stop,maintenance,safety,stock,sales,material,price,other,idea"`
}

type causesList struct {
	Body struct {
		Causes  []string `json:"causes" nullable:"false"`
		Actions []string `json:"actions" nullable:"false"`
	}
}

type sheetQuery struct {
	Territory string `query:"territory" required:"true"`
}

type oneSheet struct{ Body *Sheet }

type signing struct {
	ID   string `path:"id"`
	Body struct {
		Side string `json:"side" enum:"given,received"`
		Text string `json:"text,omitempty" doc:"A word for the next shift, said as a comment."`
	}
}

// lineRoutes are what a line needs to report with a touch and to hand over.
func (s *server) lineRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-causes", Method: http.MethodGet, Path: "/api/v1/causes",
		Summary: "What people answered to posts of a topic lately, the most frequent first", Errors: []int{http.StatusNotFound},
	}, s.causes)
	route(s, feed.Read, huma.Operation{
		OperationID: "read-sheet", Method: http.MethodGet, Path: "/api/v1/sheet",
		Summary: "What the running shift of a place would hand over now", Errors: []int{http.StatusNotFound},
	}, s.sheet)
	s.shiftRoute()
	route(s, feed.Write, actOperation("sign", "Give or receive a handover"), func(ctx context.Context, in *signing) (*onePost, error) {
		_, err := s.People.Sign(ctx, visitorOf(ctx).member, feed.PostID(in.ID), feed.Side(in.Body.Side), in.Body.Text)
		return s.after(ctx, "sign", in.ID, err)
	})
}

func (s *server) causes(ctx context.Context, in *causesQuery) (*causesList, error) {
	place := feed.Path(in.Territory)
	if !visitorOf(ctx).member.Scope().Contains(place) {
		return nil, feed.ErrNotFound
	}
	causes, actions, err := s.Lines.Answered(ctx, place, feed.Path(in.Asset), feed.Topic(in.Topic))
	if err != nil {
		return nil, fmt.Errorf("causes at %s: %w", place, err)
	}
	out := &causesList{}
	out.Body.Causes, out.Body.Actions = append([]string{}, causes...), append([]string{}, actions...)
	return out, nil
}

func (s *server) sheet(ctx context.Context, in *sheetQuery) (*oneSheet, error) {
	place, now := feed.Path(in.Territory), time.Now()
	if !visitorOf(ctx).member.Scope().Contains(place) {
		return nil, feed.ErrNotFound
	}
	if s.Shifts == nil {
		return nil, errNoShift
	}
	shift, works := s.Shifts(place, now)
	if !works {
		return nil, errNoShift
	}
	sheet, err := shift.Fill(ctx, s.Lines, place, now)
	if err != nil {
		return nil, fmt.Errorf("sheet of %s: %w", place, err)
	}
	v, err := s.view(ctx)
	return &oneSheet{Body: v.sheet(sheet)}, err
}

var errNoShift = feed.Refuse(feed.NotFound, "Aucune équipe n’est en poste ici d’après le calendrier.", "No shift works here now, by the calendar.")
