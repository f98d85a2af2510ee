package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Checklist is what the people of a group tick off, as it stands now.
type Checklist struct {
	Name  string          `json:"name"`
	Title string          `json:"title"`
	Every string          `json:"every" enum:"once,shift,day,week" doc:"When it begins anew."`
	Began *time.Time      `json:"began,omitempty" doc:"When it last did."`
	Items []ChecklistItem `json:"items" nullable:"false"`
}

// ChecklistItem is one thing to do, and who did it.
type ChecklistItem struct {
	Text string     `json:"text"`
	By   string     `json:"by,omitempty"`
	At   *time.Time `json:"at,omitempty"`
}

type checklistsOf struct {
	Body struct {
		Checklists []Checklist `json:"checklists" nullable:"false"`
	}
}

type checklistItem struct {
	ID   string `path:"id"`
	List string `path:"list"`
	Item int    `path:"item" minimum:"0" maximum:"99"`
}

func (s *server) checklistRoutes() {
	route(s, feed.Write, huma.Operation{
		OperationID: "list-checklists", Method: http.MethodGet, Path: "/api/v1/groups/{id}/checklists",
		Summary: "What the members of a group tick off, as it stands", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *groupID) (*checklistsOf, error) {
		return checklists(ctx)(s.Checklists.Of(ctx, visitorOf(ctx).member, in.ID))
	})
	for method, on := range map[string]bool{http.MethodPut: true, http.MethodDelete: false} {
		op := huma.Operation{
			OperationID: "tick-item", Method: method, Path: "/api/v1/groups/{id}/checklists/{list}/{item}",
			Summary: "Say that one did an item", Errors: []int{http.StatusNotFound, http.StatusConflict},
		}
		if !on {
			op.OperationID, op.Summary = "untick-item", "Take back that an item was done"
		}
		route(s, feed.Write, op, func(ctx context.Context, in *checklistItem) (*checklistsOf, error) {
			return checklists(ctx)(s.Checklists.Tick(ctx, visitorOf(ctx).member, in.ID, in.List, in.Item, on))
		})
	}
}

// checklists answers with rounds in the words of their reader, or with why there
// are none.
func checklists(ctx context.Context) func([]feed.Round, error) (*checklistsOf, error) {
	return func(rounds []feed.Round, err error) (*checklistsOf, error) {
		if err != nil {
			return nil, fmt.Errorf("checklists: %w", err)
		}
		out := &checklistsOf{}
		out.Body.Checklists = make([]Checklist, 0, len(rounds))
		for _, r := range rounds {
			out.Body.Checklists = append(out.Body.Checklists, checklist(visitorOf(ctx).lang, r))
		}
		return out, nil
	}
}

func checklist(lang feed.Lang, r feed.Round) Checklist {
	out := Checklist{Name: r.Name, Title: r.Title.Render(lang, nil), Every: string(r.Every), Began: instant(r.Began), Items: make([]ChecklistItem, 0, len(r.Items))}
	for n, text := range r.Items {
		item := ChecklistItem{Text: text.Render(lang, nil)}
		if i := slices.IndexFunc(r.Ticks, func(t feed.Tick) bool { return t.Item == n }); i >= 0 {
			item.By, item.At = r.Ticks[i].Name, instant(r.Ticks[i].At)
		}
		out.Items = append(out.Items, item)
	}
	return out
}
