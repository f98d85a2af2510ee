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

// Directory is what the API reads of people as colleagues.
type Directory interface {
	Directory(ctx context.Context, scope feed.Scope, q feed.DirectoryQuery, now time.Time) ([]feed.Profile, error)
	Profile(ctx context.Context, m feed.MemberID, now time.Time) (*feed.Profile, error)
	SkillNames(ctx context.Context, prefix string, limit int) ([]string, error)
}

// Colleague is somebody as the directory shows them. Nothing says when they did
// anything, to nobody.
type Colleague struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Functions []string `json:"functions" nullable:"false"`
	Places    []Grant  `json:"places" nullable:"false" doc:"Where they work, of the places that the reader reads around."`
	Present   bool     `json:"present"`
	Absence   *Away    `json:"absence,omitempty" doc:"Under way or announced."`
	Open      bool     `json:"open" doc:"They show their skills and appetences."`
	Skills    []Skill  `json:"skills" nullable:"false"`
	Wishes    []string `json:"appetences" nullable:"false"`
	Self      *OwnCard `json:"self,omitempty" doc:"What only they see."`
	Validates bool     `json:"validates" doc:"The reader may confirm their skills."`
}

// Skill is something that somebody can do.
type Skill struct {
	Name      string     `json:"name"`
	Level     int        `json:"level" doc:"1 learns, 2 does it alone, 3 can teach it."`
	Validator string     `json:"validator,omitempty" doc:"Name of the lead who confirmed it."`
	Expires   *time.Time `json:"expires,omitempty"`
	State     string     `json:"state" enum:"valid,soon,expired" doc:"soon: it ends within 30 days; expired: it counts no longer."`
}

// Away is an absence.
type Away struct {
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
	Delegate *Named    `json:"delegate,omitempty" doc:"Who decides meanwhile."`
	Now      bool      `json:"now"`
}

// OwnCard is what somebody lets the directory tell, and what is suggested to
// them alone.
type OwnCard struct {
	Listed   bool   `json:"listed"`
	Consents bool   `json:"consents" doc:"Expertise may be suggested from the posts that they solve."`
	Hints    []Hint `json:"hints" nullable:"false"`
}

// Hint is what somebody seems to know.
type Hint struct {
	Name   string `json:"name"`
	Solved int    `json:"solved" doc:"Posts about it that they solved."`
}

type listPeople struct {
	Query     string `query:"q" maxLength:"100" doc:"Beginnings of words of a name, a function, a skill that is shown."`
	Skill     string `query:"skill" maxLength:"60"`
	Appetence string `query:"appetence" maxLength:"60"`
	Place     string `query:"place" doc:"Who works at or around it."`
	Present   bool   `query:"present"`
}

type peopleList struct {
	Body struct {
		People []Colleague `json:"people" nullable:"false" doc:"Those who are present first, then by name."`
		More   bool        `json:"more" doc:"There are more: ask more precisely."`
	}
}

type oneColleague struct{ Body Colleague }

// maxPeople bounds a page of the directory.
const maxPeople = 60

func (s *server) peopleRoutes() {
	route(s, feed.Read, huma.Operation{
		OperationID: "list-people", Method: http.MethodGet, Path: "/api/v1/people",
		Summary: "The directory: who works where the reader reads", Errors: []int{http.StatusNotFound},
	}, s.listPeople)
	route(s, feed.Read, huma.Operation{
		OperationID: "read-person", Method: http.MethodGet, Path: "/api/v1/people/{id}",
		Summary: "One colleague, or oneself", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *memberID) (*oneColleague, error) {
		return s.colleague(ctx, feed.MemberID(in.ID))
	})
	s.cardRoutes()
	s.presenceRoutes()
	s.helpRoutes()
}

func (s *server) listPeople(ctx context.Context, in *listPeople) (*peopleList, error) {
	reader := visitorOf(ctx).member
	place := feed.Path(in.Place)
	if _, err := visitorOf(ctx).within(in.Place); err != nil {
		return nil, err
	}
	found, err := s.Directory.Directory(ctx, reader.Scope(), feed.DirectoryQuery{
		Words: in.Query, Skill: in.Skill, Wish: in.Appetence, Place: place, Present: in.Present, Limit: maxPeople + 1,
	}, time.Now())
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out := &peopleList{}
	out.Body.More = len(found) > maxPeople
	out.Body.People = []Colleague{}
	for _, p := range found[:min(len(found), maxPeople)] {
		c, err := s.colleagueOf(ctx, v, &p)
		if err != nil {
			return nil, err
		}
		out.Body.People = append(out.Body.People, c)
	}
	return out, nil
}

// colleague is one card, or nothing when the reader's directory does not have it.
func (s *server) colleague(ctx context.Context, id feed.MemberID) (*oneColleague, error) {
	reader := visitorOf(ctx).member
	p, err := s.Directory.Profile(ctx, id, time.Now())
	if err != nil {
		return nil, fmt.Errorf("person %s: %w", id, err)
	}
	if id != reader.ID && (!p.Listed || !reader.Scope().Reaches(p.Member)) {
		return nil, feed.ErrNotFound
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	c, err := s.colleagueOf(ctx, v, p)
	return &oneColleague{Body: c}, err
}

// colleagueOf is a profile as its reader sees it.
func (s *server) colleagueOf(ctx context.Context, v view, p *feed.Profile) (Colleague, error) {
	reader := visitorOf(ctx).member
	own, now := p.ID == reader.ID, time.Now()
	c := Colleague{
		ID: string(p.ID), Name: p.Name, Functions: list(p.Functions), Places: []Grant{}, Present: p.Present, Open: p.Open,
		Skills: []Skill{}, Wishes: []string{}, Validates: reader.Answers(p.Member),
	}
	for _, g := range p.Grants {
		if !g.Territory.IsGroup() && (own || slices.ContainsFunc(reader.Scope().Roots, feed.Member{Grants: []feed.Grant{g}}.Works)) {
			c.Places = append(c.Places, grant(v.tree, g))
		}
	}
	if own || p.Open {
		for _, k := range p.Skills {
			c.Skills = append(c.Skills, skill(k, now))
		}
		c.Wishes = list(p.Wishes)
	}
	if own {
		c.Self = &OwnCard{Listed: p.Listed, Consents: p.Consents, Hints: []Hint{}}
		for _, h := range p.Hints {
			c.Self.Hints = append(c.Self.Hints, Hint(h))
		}
	}
	if p.Absence == nil {
		return c, nil
	}
	c.Absence = &Away{From: utc(p.Absence.From), Until: utc(p.Absence.Until), Now: !p.Absence.From.After(now)}
	if p.Absence.Delegate == "" {
		return c, nil
	}
	d, err := s.Directory.Profile(ctx, p.Absence.Delegate, now)
	switch {
	case feed.ProblemOf(err) == feed.NotFound: // they left meanwhile
		return c, nil
	case err != nil:
		return c, err
	case !own && d.ID != reader.ID && (!d.Listed || !reader.Scope().Reaches(d.Member)): // the reader's directory does not have them
		return c, nil
	}
	c.Absence.Delegate = &Named{ID: string(d.ID), Name: d.Name}
	return c, nil
}

func skill(k feed.Skill, now time.Time) Skill {
	out := Skill{Name: k.Name, Level: int(k.Level), Validator: k.ValidatorName, Expires: instant(k.Expires), State: "valid"}
	switch {
	case k.Expired(now):
		out.State = "expired"
	case k.ExpiresSoon(now):
		out.State = "soon"
	}
	return out
}
