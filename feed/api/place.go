package api

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// NamedPlace is a place that another speaks of.
type NamedPlace struct {
	Path string `json:"path"`
	Name string `json:"name"`
}

// Setting is what holds at a place, and which place says so; nobody does when it
// is empty.
type Setting struct {
	Value string      `json:"value"`
	From  *NamedPlace `json:"from,omitempty" doc:"The place whose it is: this one, or one above it."`
}

// PlaceCharter is what the people of a place agreed on.
type PlaceCharter struct {
	FR      string     `json:"fr"`
	EN      string     `json:"en"`
	Version int        `json:"version"`
	At      time.Time  `json:"at"`
	From    NamedPlace `json:"from"`
}

// PlaceWord is what people call something there.
type PlaceWord struct {
	Word string     `json:"word" doc:"A reaction, or a kind of place."`
	FR   string     `json:"fr"`
	EN   string     `json:"en"`
	From NamedPlace `json:"from"`
}

// PlaceRule is a rule that speaks of something at or below a place.
type PlaceRule struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Match    string `json:"match,omitempty" doc:"Of which assets it speaks; those of a wider place are inherited."`
	Own      bool   `json:"own" doc:"It is written for this place, and not for one above it."`
}

// PlaceLink is a neighbour that somebody named.
type PlaceLink struct {
	NamedPlace
	Way  string `json:"way" enum:"before,after"`
	Said bool   `json:"said" doc:"By the place itself; else by the neighbour."`
}

// Candidate is somebody who may look after a place.
type Candidate struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PlaceDetail is one place with all that it says of itself, and what it has from
// above.
type PlaceDetail struct {
	Territory
	Above      []NamedPlace  `json:"above" nullable:"false" doc:"The places above, the nearest first."`
	Calendar   Setting       `json:"calendar"`
	Language   Setting       `json:"language"`
	Animator   Setting       `json:"animator" doc:"The id of who looks after it."`
	Lead       string        `json:"lead,omitempty" doc:"The name of who looks after it."`
	Unled      bool          `json:"unled" doc:"Nobody looks after it: who was named is gone, or nobody ever was."`
	Charter    *PlaceCharter `json:"charter,omitempty"`
	Words      []PlaceWord   `json:"words" nullable:"false"`
	Links      []PlaceLink   `json:"links" nullable:"false"`
	Sideways   bool          `json:"sideways" doc:"Neighbours see its open alerts."`
	Rules      []PlaceRule   `json:"rules" nullable:"false"`
	Following  bool          `json:"following"`
	Arrange    bool          `json:"arrange" doc:"The reader may change it."`
	Candidates []Candidate   `json:"candidates" nullable:"false" doc:"Who may look after it, for who may change it."`
}

type placeQuery struct {
	Territory string `query:"territory" required:"true" minLength:"1"`
}

type onePlace struct{ Body *PlaceDetail }

func (s *server) readPlace(ctx context.Context, in *placeQuery) (*onePlace, error) {
	return s.place(ctx, feed.Path(in.Territory))
}

// place is what the visitor may know of a place; what is above their scope is not
// found. Whoever only keeps the tree is told of no posts.
func (s *server) place(ctx context.Context, p feed.Path) (*onePlace, error) {
	v := visitorOf(ctx)
	if !v.member.Known().Contains(p) {
		return nil, feed.ErrNotFound
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	node, stands := tree.Get(p)
	if !stands {
		return nil, feed.ErrNotFound
	}
	open, err := s.Places.OpenCounts(ctx, v.member.Scope())
	if err != nil {
		return nil, fmt.Errorf("open posts by territory: %w", err)
	}
	out := &PlaceDetail{
		Territory: territory(tree, node, open), Above: []NamedPlace{}, Links: []PlaceLink{}, Sideways: node.Own.Sideways,
		Calendar: setting(tree, p, func(o feed.Own) string { return o.Calendar }),
		Language: setting(tree, p, func(o feed.Own) string { return string(o.Lang) }),
		Animator: setting(tree, p, func(o feed.Own) string { return string(o.Animator) }),
		Charter:  charter(tree, p), Words: placeWords(tree, p), Rules: s.rulesAt(v.lang, tree, p),
		Arrange: feed.Can(v.member, feed.Arrange, p), Candidates: []Candidate{},
	}
	for _, a := range p.Lineage()[1:] {
		out.Above = append(out.Above, placeNamed(tree, a))
	}
	for _, n := range tree.Neighbours(p) {
		out.Links = append(out.Links, PlaceLink{NamedPlace: placeNamed(tree, n.Place), Way: string(n.Way), Said: n.Said})
	}
	if err := s.peopleOf(ctx, p, out); err != nil {
		return nil, err
	}
	return &onePlace{Body: out}, nil
}

func placeNamed(tree *feed.Tree, p feed.Path) NamedPlace { return NamedPlace{string(p), tree.Name(p)} }

func setting(tree *feed.Tree, p feed.Path, read func(feed.Own) string) Setting {
	s := tree.Setting(p, read)
	if s.From == "" {
		return Setting{}
	}
	from := placeNamed(tree, s.From)
	return Setting{s.Value, &from}
}

func charter(tree *feed.Tree, p feed.Path) *PlaceCharter {
	c, from := tree.Charter(p)
	if c == nil || c.Text.IsZero() {
		return nil
	}
	return &PlaceCharter{FR: c.Text.FR, EN: c.Text.EN, Version: c.Version, At: utc(c.At), From: placeNamed(tree, from)}
}

func placeWords(tree *feed.Tree, p feed.Path) []PlaceWord {
	words := tree.Words(p)
	out := make([]PlaceWord, 0, len(words))
	for _, word := range slices.Sorted(maps.Keys(words)) {
		out = append(out, PlaceWord{Word: word, FR: words[word].Text.FR, EN: words[word].Text.EN, From: placeNamed(tree, words[word].From)})
	}
	return out
}

// rulesAt lists the rules that everybody hears and that speak of something at or
// below a place.
func (s *server) rulesAt(lang feed.Lang, tree *feed.Tree, p feed.Path) []PlaceRule {
	out := []PlaceRule{}
	nodes := tree.Below(p)
	above := p.Parent()
	infos := s.ruleInfos()
	for i := range infos {
		r := &infos[i]
		speaks := func(n feed.Territory) bool { return r.Covers(n.Path) }
		if r.Author != "" || r.Covers == nil || !slices.ContainsFunc(nodes, speaks) {
			continue
		}
		wider := above != "" && slices.ContainsFunc(tree.Below(above), func(n feed.Territory) bool { return !n.Path.Within(p) && r.Covers(n.Path) })
		out = append(out, PlaceRule{ID: r.ID, Title: called(lang, r.ID, r.Title), Severity: r.Severity, Match: r.Match, Own: !wider})
	}
	return out
}

// peopleOf is who follows a place, looks after it, or could.
func (s *server) peopleOf(ctx context.Context, p feed.Path, out *PlaceDetail) error {
	v := visitorOf(ctx)
	follows, err := s.Follows.Follows(ctx, v.member.ID)
	if err != nil {
		return err
	}
	out.Following = slices.ContainsFunc(follows, func(f feed.Follow) bool { return f.Kind == feed.FollowPlace && f.Target == string(p) })
	accounts, err := s.Members.Accounts(ctx)
	if err != nil {
		return fmt.Errorf("people of %s: %w", p, err)
	}
	for _, a := range accounts {
		if string(a.ID) == out.Animator.Value {
			out.Lead = a.Name
		}
		if out.Arrange && a.Works(p) {
			out.Candidates = append(out.Candidates, Candidate{string(a.ID), a.Name})
		}
	}
	led, err := s.Needs.Led(ctx, p)
	if err != nil {
		return fmt.Errorf("who animates %s: %w", p, err)
	}
	out.Unled = !led
	slices.SortFunc(out.Candidates, func(a, b Candidate) int { return cmp.Compare(a.Name, b.Name) })
	return nil
}

type neighbourList struct {
	Body struct {
		Neighbours []Neighbour `json:"neighbours" nullable:"false"`
	}
}

// Neighbour is a place beside another, and what burns there.
type Neighbour struct {
	PlaceLink
	Shown bool            `json:"shown" doc:"It lets its neighbours see its open alerts, or the reader sees them anyway."`
	Open  []NeighbourPost `json:"open" nullable:"false"`
}

// NeighbourPost is what a neighbour may know of a post.
type NeighbourPost struct {
	Title    string    `json:"title"`
	State    string    `json:"state"`
	Severity string    `json:"severity"`
	Since    time.Time `json:"since"`
}

// maxNeighbourPosts bounds what is shown of a neighbour.
const maxNeighbourPosts = 5

// neighbours tells of the places beside one that the visitor sees. Of those that
// the visitor does not see: what machines and the ERP said, where the place lets
// itself be seen; what people wrote never goes sideways.
func (s *server) neighbours(ctx context.Context, in *placeQuery) (*neighbourList, error) {
	p, scope := feed.Path(in.Territory), visitorOf(ctx).member.Scope()
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	if _, stands := view.tree.Get(p); !stands || !scope.Contains(p) {
		return nil, feed.ErrNotFound
	}
	out := &neighbourList{}
	out.Body.Neighbours = []Neighbour{}
	for _, n := range view.tree.Neighbours(p) {
		node, _ := view.tree.Get(n.Place)
		one := Neighbour{
			PlaceLink: PlaceLink{placeNamed(view.tree, n.Place), string(n.Way), n.Said}, Open: []NeighbourPost{},
			Shown: node.Own.Sideways || scope.Contains(n.Place),
		}
		if one.Shown {
			if one.Open, err = s.burning(ctx, view, n.Place); err != nil {
				return nil, err
			}
		}
		out.Body.Neighbours = append(out.Body.Neighbours, one)
	}
	return out, nil
}

func (s *server) burning(ctx context.Context, view view, p feed.Path) ([]NeighbourPost, error) {
	page, err := s.Posts.Feed(ctx, feed.Scope{Roots: []feed.Path{p}}, feed.Query{State: feed.AnyOpen, Limit: feed.MaxPage})
	if err != nil {
		return nil, fmt.Errorf("open posts of the neighbour %s: %w", p, err)
	}
	out := []NeighbourPost{}
	for _, post := range page.Posts {
		asks := post.Kind == feed.Alert || post.Kind == feed.StockOut || post.Kind == feed.Flood
		if asks && post.Author.Kind != feed.ByPerson && len(out) < maxNeighbourPosts {
			out = append(out, NeighbourPost{Title: view.title(post), State: string(post.State), Severity: string(post.Severity), Since: utc(post.Since)})
		}
	}
	return out, nil
}

// placeReadRoutes show one place.
func (s *server) placeReadRoutes() {
	route(s, feed.Know, huma.Operation{
		OperationID: "read-place", Method: http.MethodGet, Path: "/api/v1/place",
		Summary: "One place with what it says of itself and what it has from above", Errors: []int{http.StatusNotFound},
	}, s.readPlace)
	route(s, feed.Read, huma.Operation{
		OperationID: "list-neighbours", Method: http.MethodGet, Path: "/api/v1/neighbours",
		Summary: "The places beside one, and what burns there", Errors: []int{http.StatusNotFound},
	}, s.neighbours)
}
