package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// bothLanguages is a text in French and English.
type bothLanguages struct {
	FR string `json:"fr" maxLength:"4000"`
	EN string `json:"en" maxLength:"4000"`
}

func (b bothLanguages) text() feed.Text { return feed.Text{FR: b.FR, EN: b.EN} }

type placeEdit struct {
	Territory string `query:"territory" required:"true" minLength:"1"`
	Body      struct {
		Name     *string                  `json:"name,omitempty" maxLength:"1000"`
		Kind     *string                  `json:"kind,omitempty"`
		Target   *float64                 `json:"target,omitempty"`
		Calendar *string                  `json:"calendar,omitempty" doc:"Empty: as above."`
		Language *string                  `json:"language,omitempty" enum:",fr,en" doc:"Empty: as above."`
		Animator *string                  `json:"animator,omitempty" doc:"A member's id; empty: as above."`
		Charter  *bothLanguages           `json:"charter,omitempty"`
		Words    map[string]bothLanguages `json:"words,omitempty" doc:"Those named; without a text a word is as above again."`
		Before   *[]string                `json:"before,omitempty" maxItems:"8"`
		After    *[]string                `json:"after,omitempty" maxItems:"8"`
		Sideways *bool                    `json:"sideways,omitempty"`
	}
}

func (in *placeEdit) edit() feed.Edit {
	b := &in.Body
	e := feed.Edit{
		Name: b.Name, Kind: (*feed.PlaceKind)(b.Kind), Target: b.Target, Calendar: b.Calendar, Lang: (*feed.Lang)(b.Language),
		Animator: (*feed.MemberID)(b.Animator), Sideways: b.Sideways, Before: paths(b.Before), After: paths(b.After),
	}
	if b.Charter != nil {
		e.Charter = new(b.Charter.text())
	}
	for word, text := range b.Words {
		if e.Words == nil {
			e.Words = map[string]feed.Text{}
		}
		e.Words[word] = text.text()
	}
	return e
}

func paths(given *[]string) *[]feed.Path {
	if given == nil {
		return nil
	}
	out := make([]feed.Path, 0, len(*given))
	for _, p := range *given {
		out = append(out, feed.Path(p))
	}
	return &out
}

type newPlace struct {
	Body struct {
		Parent string `json:"parent" minLength:"1"`
		Name   string `json:"name" minLength:"1" maxLength:"1000"`
		Kind   string `json:"kind"`
	}
}

type placeMove struct {
	Territory string `query:"territory" required:"true" minLength:"1"`
	Body      struct {
		Parent string `json:"parent" minLength:"1" doc:"Under which place it is from now on."`
	}
}

// arrangeRoutes change the tree, one place at a time.
func (s *server) arrangeRoutes() {
	wrong := []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity}
	route(s, feed.Arrange, huma.Operation{
		OperationID: "add-place", Method: http.MethodPost, Path: "/api/v1/place", DefaultStatus: http.StatusCreated,
		Summary: "Add a place below another", Errors: wrong,
	}, func(ctx context.Context, in *newPlace) (*onePlace, error) {
		n, err := s.Tree.Add(ctx, visitorOf(ctx).member, feed.Path(in.Body.Parent), in.Body.Name, feed.PlaceKind(in.Body.Kind))
		return s.arranged(ctx, "add", n.Path, err)
	})
	route(s, feed.Arrange, huma.Operation{
		OperationID: "edit-place", Method: http.MethodPut, Path: "/api/v1/place",
		Summary: "Change what a place says of itself", Errors: wrong,
	}, func(ctx context.Context, in *placeEdit) (*onePlace, error) {
		p := feed.Path(in.Territory)
		return s.arranged(ctx, "edit", p, s.Tree.Edit(ctx, visitorOf(ctx).member, p, in.edit()))
	})
	route(s, feed.Arrange, huma.Operation{
		OperationID: "move-place", Method: http.MethodPost, Path: "/api/v1/place/move",
		Summary: "Hang a place, with all below it, under another; posts stay where they were", Errors: wrong,
	}, func(ctx context.Context, in *placeMove) (*onePlace, error) {
		to, err := s.Tree.Move(ctx, visitorOf(ctx).member, feed.Path(in.Territory), feed.Path(in.Body.Parent))
		return s.arranged(ctx, "move", to, err)
	})
	route(s, feed.Arrange, huma.Operation{
		OperationID: "close-place", Method: http.MethodDelete, Path: "/api/v1/place", DefaultStatus: http.StatusNoContent,
		Summary: "Take a place without open posts off the tree", Errors: wrong,
	}, func(ctx context.Context, in *placeQuery) (*struct{}, error) {
		if err := s.Tree.Close(ctx, visitorOf(ctx).member, feed.Path(in.Territory)); err != nil {
			return nil, fmt.Errorf("close %s: %w", in.Territory, err)
		}
		return nil, nil
	})
}

func (s *server) arranged(ctx context.Context, what string, p feed.Path, err error) (*onePlace, error) {
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", what, p, err)
	}
	return s.place(ctx, p)
}
