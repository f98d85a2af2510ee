package api

import (
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Talk is what people put into a post.
type Talk struct {
	Tags     []string    `json:"tags,omitempty" nullable:"false"`
	Mentions []Mention   `json:"mentions,omitempty" nullable:"false" doc:"Whom the post's own words call."`
	For      *Population `json:"for,omitempty" doc:"To whom it is put; absent: to those who read the place."`
	Expires  *time.Time  `json:"expires,omitempty"`
	Accepted string      `json:"accepted,omitempty" doc:"The comment that was kept as the answer."`
	Poll     *Poll       `json:"poll,omitempty"`
	Readers  int         `json:"readers,omitempty" doc:"People who said that they read and understood it."`
	Course   *Course     `json:"course,omitempty" doc:"How far it is through its decision circuit."`
	Card     *Card       `json:"card,omitempty" doc:"Of a good practice."`
	Hidden   *Hidden     `json:"hidden,omitempty" doc:"A moderator took it off the screens: its words are not told."`
	EditedAt *time.Time  `json:"edited_at,omitempty"`
	Pin      *Pinned     `json:"pin,omitempty" doc:"It stands first where it is."`
	NudgedAt *time.Time  `json:"nudged_at,omitempty" doc:"When those present were last reminded of it."`
	Help     *Help       `json:"help,omitempty" doc:"What a call for a hand asks for."`
	From     string      `json:"from,omitempty" doc:"The post that it was born of."`
}

// Population is to whom something is put.
type Population struct {
	Places []Named  `json:"places,omitempty" nullable:"false"`
	Roles  []string `json:"roles,omitempty" nullable:"false"`
	Skills []string `json:"skills,omitempty" nullable:"false"`
	Shifts []string `json:"shifts,omitempty" nullable:"false"`
	People []string `json:"people,omitempty" nullable:"false"`
}

// Named is something with its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Poll is a choice between two and five answers.
type Poll struct {
	Choices []Choice   `json:"choices" nullable:"false"`
	Closes  *time.Time `json:"closes,omitempty"`
	Voters  int        `json:"voters" doc:"How many have chosen; who chose what, nobody is told."`
}

// Choice is one answer of a poll.
type Choice struct {
	Text  string `json:"text"`
	Votes *int   `json:"votes,omitempty" doc:"To whoever has chosen, and to all once the poll is over."`
}

// Hidden says who took something off the screens, and why.
type Hidden struct {
	By     Author    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Answer string    `json:"answer,omitempty" doc:"Of the author, for them and those who moderate."`
}

// Pinned says who had a post stand first, and until when.
type Pinned struct {
	By    Author    `json:"by"`
	Until time.Time `json:"until"`
}

// Card says what a good practice helps against, and how fresh it is.
type Card struct {
	Asset     string    `json:"asset,omitempty"`
	AssetName string    `json:"asset_name,omitempty"`
	SKU       string    `json:"sku,omitempty"`
	Rule      string    `json:"rule,omitempty"`
	Cause     string    `json:"cause"`
	Action    string    `json:"action" doc:"What helped."`
	Wrong     string    `json:"wrong" doc:"What was wrong, in the words of the post that it was made of."`
	Confirmed time.Time `json:"confirmed" doc:"When somebody last said that it holds."`
	By        Author    `json:"by" doc:"Who said so."`
	Uses      int       `json:"uses" doc:"How often somebody said that it helped."`
	Due       bool      `json:"due" doc:"Nobody has confirmed it for long."`
	Retired   bool      `json:"retired" doc:"It is offered no more."`
	Reason    string    `json:"reason,omitempty" doc:"Why it is retired."`
}

func (v view) talk(t *feed.Talk) *Talk {
	if t == nil {
		return nil
	}
	return &Talk{
		Tags: t.Tags, Mentions: mentions(t.Mentions), For: v.population(t.For), Expires: instant(t.Expires), Accepted: string(t.Accepted), Poll: poll(t.Poll, false), Readers: t.Readers,
		Course: v.course(t.Course), Card: v.card(t.Card), Hidden: hidden(t.Hidden), EditedAt: instant(t.EditedAt), Pin: pinned(t.Pin), NudgedAt: instant(t.NudgedAt), From: string(t.From), Help: v.help(t.Help),
	}
}

func (v view) population(p *feed.Population) *Population {
	if p.IsZero() {
		return nil
	}
	out := &Population{Skills: p.Skills, Shifts: p.Shifts}
	for _, place := range p.Places {
		out.Places = append(out.Places, Named{string(place), v.tree.Name(place)})
	}
	for _, r := range p.Roles {
		out.Roles = append(out.Roles, string(r))
	}
	for _, m := range p.People {
		out.People = append(out.People, string(m))
	}
	return out
}

// poll shows the counts to whoever has chosen, and to all once it is over.
func poll(p *feed.Poll, counts bool) *Poll {
	if p == nil {
		return nil
	}
	out := &Poll{Closes: instant(p.Closes), Voters: p.Voters()}
	for _, c := range p.Choices {
		one := Choice{Text: c.Text}
		if counts || !p.Open(time.Now()) {
			one.Votes = new(c.Votes)
		}
		out.Choices = append(out.Choices, one)
	}
	return out
}

func pinned(p *feed.Pinned) *Pinned {
	if p == nil || p.Until.Before(time.Now()) {
		return nil
	}
	return &Pinned{By: author(p.By), Until: utc(p.Until)}
}

func hidden(h *feed.Hidden) *Hidden {
	if h == nil {
		return nil
	}
	return &Hidden{By: author(h.By), At: utc(h.At), Reason: h.Reason, Answer: h.Answer}
}
