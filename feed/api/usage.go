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

// Installs is what the API reads of usages.
type Installs interface {
	// Usages lists the usages in use at or below places.
	Usages(ctx context.Context, places []feed.Path) ([]feed.Installed, error)
}

// Usage is a ready way to use the feed.
type Usage struct {
	Name       string           `json:"name"`
	Title      string           `json:"title"`
	About      string           `json:"about"`
	Group      string           `json:"group" doc:"Name of its group, with an ellipsis for the place."`
	Kind       string           `json:"kind" enum:"team,project,subject,watch,place"`
	Purpose    string           `json:"purpose"`
	Welcome    string           `json:"welcome"`
	Checklists []UsageChecklist `json:"checklists" nullable:"false"`
	Rules      []UsageRules     `json:"rules" nullable:"false"`
	Poster     UsagePoster      `json:"poster"`
	Installed  []UsageInstalled `json:"installed" nullable:"false" doc:"Where it is in use, as far as the reader arranges."`
}

// UsageChecklist is a checklist that a usage gives its group.
type UsageChecklist struct {
	Title string   `json:"title"`
	Every string   `json:"every" enum:"once,shift,day,week"`
	Items []string `json:"items" nullable:"false"`
}

// UsageRules is a pack of rules that a usage brings: it listens to the machines
// and articles of the places where the usage is in use.
type UsageRules struct {
	Pack  string   `json:"pack"`
	Says  []string `json:"says" nullable:"false" doc:"The sentence of each rule, with an ellipsis for each value."`
	Owned bool     `json:"owned" doc:"The house has each of them in its own files: those go on, and none is added."`
}

// UsagePoster is what hangs on the wall.
type UsagePoster struct {
	Title string   `json:"title"`
	Lines []string `json:"lines" nullable:"false"`
}

// UsageInstalled is a usage in use at a place.
type UsageInstalled struct {
	Place NamedPlace `json:"place"`
	Group string     `json:"group" doc:"Id of its group."`
	Name  string     `json:"name" doc:"Name of its group."`
	Post  string     `json:"post" doc:"Its welcome."`
	At    time.Time  `json:"at"`
}

type usageList struct {
	Body struct {
		Usages []Usage `json:"usages" nullable:"false"`
	}
}

type usageAt struct {
	Name      string `path:"name"`
	Territory string `query:"territory" required:"true" minLength:"1"`
}

type oneInstalled struct{ Body UsageInstalled }

// usageRoutes take their place in the query: a path has slashes.
func (s *server) usageRoutes() {
	route(s, feed.Arrange, huma.Operation{
		OperationID: "list-usages", Method: http.MethodGet, Path: "/api/v1/usages",
		Summary: "Ready ways to use the feed, and where each is in use",
	}, s.listUsages)
	route(s, feed.Arrange, huma.Operation{
		OperationID: "install-usage", Method: http.MethodPut, Path: "/api/v1/usages/{name}",
		Summary: "Put a usage in use at a place: its group, checklists, welcome and rules; once more completes it",
		Errors:  []int{http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *usageAt) (*oneInstalled, error) {
		u, err := s.usage(in.Name)
		if err != nil {
			return nil, err
		}
		done, err := s.People.Install(ctx, visitorOf(ctx).member, u, feed.Path(in.Territory))
		if err != nil {
			return nil, fmt.Errorf("usage %s at %s: %w", in.Name, in.Territory, err)
		}
		tree, err := s.Places.Tree(ctx)
		if err != nil {
			return nil, fmt.Errorf("territory tree: %w", err)
		}
		return &oneInstalled{Body: usageInstalled(tree, done)}, nil
	})
	route(s, feed.Arrange, huma.Operation{
		OperationID: "uninstall-usage", Method: http.MethodDelete, Path: "/api/v1/usages/{name}",
		Summary: "Take a usage out of use: its rules and what nobody touched go, its group is archived", Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *usageAt) (*struct{}, error) {
		u, err := s.usage(in.Name)
		if err != nil {
			return nil, err
		}
		return nil, s.People.Uninstall(ctx, visitorOf(ctx).member, u, feed.Path(in.Territory))
	})
}

// usage is the one of that name.
func (s *server) usage(name string) (feed.Usage, error) {
	i := slices.IndexFunc(s.Usages, func(u feed.Usage) bool { return u.Name == name })
	if i < 0 {
		return feed.Usage{}, feed.ErrNotFound
	}
	return s.Usages[i], nil
}

func (s *server) listUsages(ctx context.Context, _ *struct{}) (*usageList, error) {
	v := visitorOf(ctx)
	var places []feed.Path
	for _, g := range v.member.Grants {
		if feed.Can(v.member, feed.Arrange, g.Territory) {
			places = append(places, g.Territory)
		}
	}
	in, err := s.Installs.Usages(ctx, places)
	if err != nil {
		return nil, err
	}
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	out := &usageList{}
	out.Body.Usages = make([]Usage, 0, len(s.Usages))
	for i := range s.Usages {
		u := s.usageAs(v.lang, &s.Usages[i])
		for j := range in {
			if in[j].Usage == u.Name {
				u.Installed = append(u.Installed, usageInstalled(tree, &in[j]))
			}
		}
		out.Body.Usages = append(out.Body.Usages, u)
	}
	return out, nil
}

// usageAs is a usage in the words of its reader.
func (s *server) usageAs(lang feed.Lang, u *feed.Usage) Usage {
	say := func(t feed.Text) string { return sentence(lang, t) }
	each := func(list []feed.Text) []string {
		out := make([]string, 0, len(list))
		for _, t := range list {
			out = append(out, say(t))
		}
		return out
	}
	out := Usage{
		Name: u.Name, Title: say(u.Title), About: say(u.About), Group: say(u.Group.Name), Kind: string(u.Group.Kind), Purpose: say(u.Group.Purpose),
		Welcome: say(u.Welcome), Checklists: []UsageChecklist{}, Rules: []UsageRules{}, Installed: []UsageInstalled{},
		Poster: UsagePoster{Title: say(u.Poster.Title), Lines: each(u.Poster.Lines)},
	}
	for _, c := range u.Checklists {
		out.Checklists = append(out.Checklists, UsageChecklist{Title: say(c.Title), Every: string(c.Every), Items: each(c.Items)})
	}
	for _, pack := range u.Rules {
		says, owned := s.PackRules(pack)
		out.Rules = append(out.Rules, UsageRules{Pack: pack, Says: each(says), Owned: owned})
	}
	return out
}

func usageInstalled(tree *feed.Tree, in *feed.Installed) UsageInstalled {
	return UsageInstalled{
		Place: placeNamed(tree, in.Place), Group: in.Group, Name: tree.Name(feed.Group(in.Group)), Post: string(in.Welcome), At: utc(in.At),
	}
}
