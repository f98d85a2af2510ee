package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// Searching is what the API asks of the search. What is outside of scope is not
// found, nor what nobody reads any more.
type Searching interface {
	Search(ctx context.Context, scope feed.Scope, r search.Request) (search.Page, error)
}

// maxFoundPeople bounds the people beside what is found: the directory lists
// them all.
const maxFoundPeople = 4

type searchQuery struct {
	Query     string    `query:"q" maxLength:"200" doc:"Words, \"phrases\", #tags, and -words that must not be there; the last word may go on. Case, accents and plurals do not matter."`
	Kind      string    `query:"kind" enum:"alert,stock-out,phantom-stock,selling-well,production,good-news,handover,flood,quality-point,speed-point,stop-point,shortage,safety-point,price-point,other-point,idea,question,announcement,must-read,help-wanted,practice" doc:"Only posts of this kind."`
	Territory string    `query:"territory" doc:"At or below this place; all that the reader may see when absent."`
	Mine      bool      `query:"mine" doc:"Only what the reader wrote."`
	From      time.Time `query:"from" doc:"Written then or later."`
	To        time.Time `query:"to" doc:"Written before."`
	Order     string    `query:"order" enum:"newest,ranked" default:"newest" doc:"newest: the newest first. ranked: the best of the newest matches first, and one page of them."`
	Limit     int       `query:"limit" minimum:"1" maximum:"100" default:"30"`
	Cursor    string    `query:"cursor" doc:"next of the page before."`
}

// SearchMark is a stretch of a text: where it starts and how long it is, in
// UTF-16 units.
type SearchMark [2]int

// Schema says that a mark is a pair.
func (SearchMark) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeInteger}, MinItems: new(2), MaxItems: new(2)}
}

// SearchSnippet is the part of a text that answers.
type SearchSnippet struct {
	Text  string       `json:"text"`
	Marks []SearchMark `json:"marks" nullable:"false" doc:"Stretches that answer: start and length in UTF-16 units."`
}

// SearchResult is a post that was found, or a comment on it.
type SearchResult struct {
	Post    Post           `json:"post"`
	Comment *Comment       `json:"comment,omitempty" doc:"What was found on the post; absent: the post itself."`
	Title   *SearchSnippet `json:"title,omitempty" doc:"Of the post, where that answers."`
	Snippet *SearchSnippet `json:"snippet,omitempty" doc:"Of what else answers."`
}

// SearchPage is a part of the answer.
type SearchPage struct {
	Results []SearchResult `json:"results" nullable:"false"`
	People  []Colleague    `json:"people" nullable:"false" doc:"On the first page: people whose name, function or skill answers."`
	Next    string         `json:"next,omitempty" doc:"cursor of the next page; absent on the last."`
	Bounded bool           `json:"bounded" doc:"Only the newest matches were ranked; there are more."`
}

type searchPage struct{ Body SearchPage }

func (s *server) searchRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "search", Method: http.MethodGet, Path: "/api/v1/search",
		Summary: "Posts, comments and people by their words", Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, s.search)
}

func (s *server) search(ctx context.Context, in *searchQuery) (*searchPage, error) {
	visitor := visitorOf(ctx)
	if _, err := visitor.within(in.Territory); err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	r := search.Request{
		Question: search.Parse(in.Query), Kind: feed.Kind(in.Kind), Territory: feed.Path(in.Territory), From: in.From, To: in.To,
		Ranked: in.Order == "ranked", Lang: v.lang, Limit: in.Limit, Cursor: in.Cursor,
	}
	if in.Mine {
		r.Author = visitor.member.ID
	}
	out := &searchPage{Body: SearchPage{Results: []SearchResult{}, People: []Colleague{}}}
	if r.IsZero() && r.Kind == "" && !in.Mine {
		return out, nil // nothing was asked
	}
	page, err := s.Searching.Search(ctx, visitor.member.Scope(), r)
	if err != nil {
		return nil, fmt.Errorf("search in %q: %w", in.Territory, err)
	}
	for _, h := range page.Hits {
		out.Body.Results = append(out.Body.Results, v.hit(h))
	}
	out.Body.Next, out.Body.Bounded = page.Next, page.Bounded
	return out, s.foundPeople(ctx, v, r, &out.Body)
}

// foundPeople adds the people who answer, where people are asked for at all.
func (s *server) foundPeople(ctx context.Context, v view, r search.Request, out *SearchPage) error {
	words := r.Plain()
	if words == "" || r.Cursor != "" || r.Kind != "" || r.Author != "" || len(r.Tags)+len(r.Not) > 0 {
		return nil
	}
	found, err := s.Directory.Directory(ctx, visitorOf(ctx).member.Scope(), feed.DirectoryQuery{Words: words, Place: r.Territory, Limit: maxFoundPeople}, time.Now())
	if err != nil {
		return fmt.Errorf("people who answer: %w", err)
	}
	for _, p := range found {
		c, err := s.colleagueOf(ctx, v, &p)
		if err != nil {
			return err
		}
		out.People = append(out.People, c)
	}
	return nil
}

func (v view) hit(h search.Hit) SearchResult {
	out := SearchResult{Post: v.post(h.Post), Title: snippet(h.Title), Snippet: snippet(h.Snippet)}
	if h.Comment != nil {
		out.Comment = new(comment(*h.Comment))
	}
	return out
}

func snippet(s search.Snippet) *SearchSnippet {
	if s.Text == "" {
		return nil
	}
	out := &SearchSnippet{Text: s.Text, Marks: []SearchMark{}}
	for _, m := range s.Marks {
		out.Marks = append(out.Marks, SearchMark{m.Start, m.Length})
	}
	return out
}
