package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Bounds of what one text may call.
const (
	MaxMentions = 10
	MaxCalled   = 50 // people
)

// callings are the words by which roles and functions are called.
var callings = []struct {
	role   Role
	fr, en []string
}{
	{Operator, []string{"opérateurs", "opérateur"}, []string{"operators", "operator"}},
	{Staff, []string{"équipe du rayon"}, []string{"aisle team"}},
	{Lead, []string{"chef d’équipe", "chefs d’équipe"}, []string{"team lead", "team leads"}},
	{Manager, []string{"responsable", "responsables"}, []string{"manager", "managers"}},
	{Animator, []string{"animation", "animateur"}, []string{"community lead"}},
	{"maintenance", []string{"maintenance"}, []string{"maintenance"}},
	{"quality", []string{"qualité"}, []string{"quality"}},
	{"safety", []string{"sécurité"}, []string{"safety"}},
	{"replenishment", []string{"réassort"}, []string{"replenishment"}},
}

// CallingOf is the word by which a role or function is called in a language.
func CallingOf(r Role, lang Lang) string {
	for _, c := range callings {
		switch {
		case c.role != r:
		case lang == English:
			return c.en[0]
		default:
			return c.fr[0]
		}
	}
	return string(r)
}

// Crowd is who may be mentioned on a post: those who may read it.
type Crowd struct {
	readers []Member
	present map[MemberID]bool
}

// NewCrowd is those of all that may read p.
func NewCrowd(p *Post, all, present []Member) *Crowd {
	c := &Crowd{present: map[MemberID]bool{}}
	for _, m := range all {
		if m.Scope().Sees(p) {
			c.readers = append(c.readers, m)
		}
	}
	for _, m := range present {
		c.present[m.ID] = true
	}
	return c
}

// meant is what names stand for: whole names and, where only one person has
// it, the first; roles and functions that somebody has.
func (c *Crowd) meant() map[string]Mention {
	out := map[string]Mention{}
	for _, r := range c.roles() {
		for _, word := range append([]string{string(r)}, callingsOf(r)...) {
			out[Fold(word)] = Mention{Role: string(r)}
		}
	}
	firsts := map[string]int{}
	for _, m := range c.readers {
		firsts[first(m.Name)]++
	}
	for _, m := range c.readers {
		if f := first(m.Name); firsts[f] == 1 && out[f].Role == "" {
			out[f] = Mention{Member: m.ID}
		}
	}
	for _, m := range c.readers {
		out[Fold(m.Name)] = Mention{Member: m.ID}
	}
	return out
}

func first(name string) string {
	f, _, _ := strings.Cut(Fold(name), " ")
	return f
}

func callingsOf(r Role) []string {
	for _, c := range callings {
		if c.role == r {
			return slices.Concat(c.fr, c.en)
		}
	}
	return nil
}

// roles are the roles that people have here who write, and their functions.
func (c *Crowd) roles() []Role {
	var out []Role
	add := func(r Role) {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	for _, m := range c.readers {
		for _, f := range m.Functions {
			add(Role(f))
		}
		for _, g := range m.Grants {
			if slices.Contains(allowed[Write], g.Role) && callingsOf(g.Role) != nil {
				add(g.Role)
			}
		}
	}
	return out
}

// plays are those who have a role here.
func (c *Crowd) plays(r Role) []Member {
	return slices.DeleteFunc(slices.Clone(c.readers), func(m Member) bool { return !m.Plays(r) })
}

// narrowed are those of some but the one who calls who are present, or all of
// them when nobody is.
func (c *Crowd) narrowed(some []Member, caller MemberID) (told []Member, absent bool) {
	some = slices.DeleteFunc(some, func(m Member) bool { return m.ID == caller })
	told = slices.DeleteFunc(slices.Clone(some), func(m Member) bool { return !c.present[m.ID] })
	if len(told) == 0 {
		return some, len(some) > 0
	}
	return told, false
}

// crowd reads who may be mentioned on a post.
func crowd(ctx context.Context, tx Tx, p *Post, at time.Time) (*Crowd, error) {
	all, err := tx.Reach(ctx, Population{Places: []Path{p.Territory}})
	if err != nil {
		return nil, fmt.Errorf("who works at %s: %w", p.Territory, err)
	}
	present, err := tx.Present(ctx, p.Territory, at)
	if err != nil {
		return nil, fmt.Errorf("who is present at %s: %w", p.Territory, err)
	}
	return NewCrowd(p, all, present), nil
}

// call is what a text calls people to.
type call struct {
	post *Post
	text string
	by   Author
	key  string // of the notifications
	at   time.Time
}

// make tells whoever the text mentions, and returns the mentions with how many
// each reached and the people that were told. Who may not read the post is not
// told.
func (c call) make(ctx context.Context, tx Tx) ([]Mention, map[MemberID]bool, error) {
	if !strings.Contains(c.text, "@") {
		return nil, nil, nil
	}
	crowd, err := crowd(ctx, tx, c.post, c.at)
	if err != nil {
		return nil, nil, err
	}
	called, told, err := c.resolve(ctx, tx, crowd)
	if err != nil {
		return nil, nil, err
	}
	for id := range told {
		if err := tx.Tell(ctx, c.notification(id)); err != nil {
			return nil, nil, err
		}
	}
	return called, told, nil
}

func (c call) notification(to MemberID) Notification {
	return Notification{
		ID: newID(c.at), Member: to, Key: c.key, Why: Mentioned, Post: c.post.ID, At: c.at,
		Text:   Text{FR: "{name} vous mentionne : « {text} »", EN: "{name} mentions you: “{text}”"},
		Values: Values{"name": c.by.Name, "text": c.text},
	}
}

// resolve finds whom the text means, within bounds.
func (c call) resolve(ctx context.Context, tx Tx, crowd *Crowd) ([]Mention, map[MemberID]bool, error) {
	meant := crowd.meant()
	known := make([]string, 0, len(meant))
	for name := range meant {
		known = append(known, name)
	}
	var out []Mention
	told := map[MemberID]bool{}
	for _, mark := range Marks(c.text, known) {
		if mark.Kind != MarkMention && mark.Kind != MarkCall || slices.ContainsFunc(out, func(m Mention) bool { return Fold(m.As) == Fold(mark.Says) }) {
			continue
		}
		if len(out) == MaxMentions {
			return nil, nil, Refuse(Invalid, "Mentionnez {limit} personnes ou équipes au plus.", "Mention at most {limit} people or teams.").
				With(Values{"limit": float64(MaxMentions)})
		}
		m := meant[Fold(mark.Says)]
		people, err := c.people(ctx, tx, crowd, &m, mark)
		if err != nil {
			return nil, nil, err
		}
		m.As = mark.Says
		for _, p := range people {
			if p.ID != c.by.Member {
				told[p.ID], m.Told = true, m.Told+1
			}
		}
		out = append(out, m)
	}
	if len(told) > MaxCalled {
		return nil, nil, Refuse(Invalid, "Ce message préviendrait {n} personnes ; {limit} au plus. Mentionnez une équipe plus petite.",
			"This would tell {n} people; at most {limit}. Mention a smaller team.").With(Values{"n": float64(len(told)), "limit": float64(MaxCalled)})
	}
	return out, told, nil
}

// people are those whom one mention means now.
func (c call) people(ctx context.Context, tx Tx, crowd *Crowd, m *Mention, mark Mark) (people []Member, err error) {
	switch {
	case m.Member != "":
		return slices.DeleteFunc(slices.Clone(crowd.readers), func(r Member) bool { return r.ID != m.Member }), nil
	case m.Role != "":
		people, m.Absent = crowd.narrowed(crowd.plays(Role(m.Role)), c.by.Member)
		return people, nil
	}
	skill := strings.ReplaceAll(mark.Says, "_", " ")
	able, err := tx.Reach(ctx, Population{Skills: []string{skill}})
	if err != nil {
		return nil, fmt.Errorf("who knows %q: %w", skill, err)
	}
	able = slices.DeleteFunc(able, func(r Member) bool { return !r.Scope().Sees(c.post) })
	if len(able) > 0 {
		m.Skill = skill
	}
	people, m.Absent = crowd.narrowed(able, c.by.Member)
	return people, nil
}
