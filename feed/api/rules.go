package api

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// figuresOver is how far back the figures of rules go.
const figuresOver = 7 * 24 * time.Hour

// Figures are what became of the posts of rules.
type Figures interface {
	// RuleFigures are what each rule did in scope since an instant.
	RuleFigures(ctx context.Context, scope feed.Scope, since time.Time) ([]feed.RuleFigures, error)
	// ShadowDiff compares the posts of a rule in shadow with those of another. It
	// sees all scopes.
	ShadowDiff(ctx context.Context, rule, of string, since time.Time) (feed.ShadowDiff, error)
}

// Rules are the rules that speak now.
type Rules interface {
	List() []RuleInfo
	// Fault is what is wrong with the changed rule files, so that others run
	// than they say; empty when nothing is.
	Fault() string
}

// RuleInfo is what a rule file says of one rule.
type RuleInfo struct {
	ID, Kind, Owner, Topic, Severity string
	Title                            feed.Text
	File                             string
	Line                             int
	Match                            string  // what it speaks of, for people
	Expected                         float64 // posts a day that it is meant to open; zero when it does not say
	Source                           string  // its own text, to begin a trial with
	Author                           feed.MemberID
	Of                               string               // of a rule in shadow: the rule that it may replace
	Covers                           func(feed.Path) bool // tells whether it speaks of that asset
	Asks                             []string             // roles that it asks when nobody answers, in order
}

// Rule is one rule and what it did in the last seven days.
type Rule struct {
	ID       string  `json:"id"`
	Kind     string  `json:"kind"`
	Title    string  `json:"title" doc:"Its sentence, with an ellipsis for each value."`
	Owner    string  `json:"owner,omitempty"`
	Topic    string  `json:"topic"`
	Severity string  `json:"severity"`
	File     string  `json:"file"`
	Line     int     `json:"line,omitempty"`
	Match    string  `json:"match,omitempty"`
	Source   string  `json:"source,omitempty" doc:"Its text, to begin a trial with."`
	Shadow   *Shadow `json:"shadow,omitempty" doc:"It runs for its author's eyes only."`

	Posts    int        `json:"posts"`
	Expected float64    `json:"expected,omitempty" doc:"Posts a day that it is meant to open, when it says so."`
	Ghosts   int        `json:"ghosts" doc:"Posts that would have been seen, in ghost territories."`
	Noise    int        `json:"noise" doc:"How often a post was called noise."`
	People   int        `json:"people" doc:"Who did."`
	Shelved  int        `json:"shelved"`
	Held     int        `json:"held"`
	Resolved int        `json:"resolved"`
	Last     *time.Time `json:"last,omitempty"`
}

// Shadow says for whom a rule runs in shadow, and what it may replace.
type Shadow struct {
	Author string `json:"author"`
	Of     string `json:"of,omitempty"`
}

type ruleList struct {
	Body struct {
		Rules []Rule    `json:"rules" nullable:"false"`
		Since time.Time `json:"since" doc:"Where the figures begin."`
		Fault string    `json:"fault,omitempty" doc:"What is wrong with the changed rule files; the rules go on as they were."`
	}
}

type ruleID struct {
	ID string `path:"id"`
}

// ruleRoutes show whoever keeps the rules what they do to people.
func (s *server) ruleRoutes() {
	route(s, feed.Animate, huma.Operation{
		OperationID: "list-rules", Method: http.MethodGet, Path: "/api/v1/rules",
		Summary: "The rules, and what each did in seven days",
	}, s.rules)
	route(s, feed.Animate, huma.Operation{
		OperationID: "compare-shadow", Method: http.MethodGet, Path: "/api/v1/rules/{id}/shadow",
		Summary: "What a rule in shadow would change, over seven days", Errors: []int{http.StatusNotFound},
	}, s.shadow)
}

func (s *server) ruleInfos() []RuleInfo {
	if s.Rules == nil {
		return nil
	}
	return s.Rules.List()
}

func (s *server) rules(ctx context.Context, _ *struct{}) (*ruleList, error) {
	v := visitorOf(ctx)
	since := time.Now().Add(-figuresOver)
	figures, err := s.Posts.RuleFigures(ctx, v.member.Known(), since)
	if err != nil {
		return nil, fmt.Errorf("figures of rules: %w", err)
	}
	byRule := make(map[string]feed.RuleFigures, len(figures))
	for _, f := range figures {
		byRule[f.Rule] = f
	}
	infos := s.ruleInfos()
	out := &ruleList{}
	out.Body.Since = utc(since)
	if s.Rules != nil {
		out.Body.Fault = s.Rules.Fault()
	}
	out.Body.Rules = make([]Rule, 0, len(infos))
	for i := range infos {
		out.Body.Rules = append(out.Body.Rules, rule(v.lang, &infos[i], byRule[infos[i].ID]))
	}
	return out, nil
}

func rule(lang feed.Lang, r *RuleInfo, f feed.RuleFigures) Rule {
	out := Rule{
		ID: r.ID, Kind: r.Kind, Title: called(lang, r.ID, r.Title), Owner: r.Owner, Topic: r.Topic, Severity: r.Severity,
		File: r.File, Line: r.Line, Match: r.Match, Source: r.Source,
		Expected: number(r.Expected), Posts: f.Posts, Ghosts: f.Ghosts, Noise: f.Noise, People: f.NoisePeople, Shelved: f.Shelved, Held: f.Held, Resolved: f.Resolved, Last: instant(f.Last),
	}
	if r.Author != "" {
		out.Shadow = &Shadow{Author: string(r.Author), Of: r.Of}
	}
	return out
}

var ellipses = regexp.MustCompile(`…(\s*…)+`)

// sentence is a template without values: one ellipsis where they would be.
func sentence(lang feed.Lang, t feed.Text) string {
	return ellipses.ReplaceAllString(t.Render(lang, nil), "…")
}

// called is what people call a rule: its sentence, or its id where nothing but
// values stands in that.
func called(lang feed.Lang, id string, title feed.Text) string {
	said := sentence(lang, title)
	if !strings.ContainsFunc(said, unicode.IsLetter) {
		return id
	}
	return said
}

type shadowDiff struct {
	Body struct {
		Diff  Diff      `json:"diff"`
		Since time.Time `json:"since"`
	}
}

func (s *server) shadow(ctx context.Context, in *ruleID) (*shadowDiff, error) {
	infos := s.ruleInfos()
	i := slices.IndexFunc(infos, func(r RuleInfo) bool { return r.ID == in.ID && r.Author != "" })
	if i < 0 {
		return nil, feed.ErrNotFound
	}
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	since := time.Now().Add(-figuresOver)
	d, err := s.Posts.ShadowDiff(ctx, in.ID, infos[i].Of, since)
	if err != nil {
		return nil, fmt.Errorf("shadow of %s: %w", in.ID, err)
	}
	m := visitorOf(ctx).member
	out := &shadowDiff{}
	out.Body.Since = utc(since)
	out.Body.Diff = Diff{
		Same: len(within(m, d.Both)), Added: view.openings(m, d.OnlyShadow), Removed: view.openings(m, d.OnlyCurrent),
	}
	return out, nil
}
