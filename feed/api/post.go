package api

import (
	"math"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/fildefer/fildefer/feed"
)

// Author is who opened a post, took it or wrote a comment.
type Author struct {
	Kind   string `json:"kind" enum:"machine,erp,person"`
	Name   string `json:"name"`
	Member string `json:"member,omitempty"`
}

// Point is one sample of a curve: Unix milliseconds, then the value.
type Point [2]float64

// Schema says that a point is a pair.
func (Point) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeNumber}, MinItems: new(2), MaxItems: new(2)}
}

// Comment is a person's answer; a reply names its parent.
type Comment struct {
	ID     string    `json:"id"`
	Parent string    `json:"parent,omitempty"`
	Author Author    `json:"author"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`

	TypedAt *time.Time `json:"typed_at,omitempty" doc:"When it was written, where that is not when it arrived."`
	Photos  []Photo    `json:"photos,omitempty" nullable:"false"`

	Mentions []Mention  `json:"mentions,omitempty" nullable:"false" doc:"Whom its words call."`
	EditedAt *time.Time `json:"edited_at,omitempty"`
	Deleted  bool       `json:"deleted,omitempty" doc:"Its author took it back: its words are gone."`
	Hidden   *Hidden    `json:"hidden,omitempty" doc:"A moderator took it off the screens."`
}

// Mention is one @ in what somebody wrote.
type Mention struct {
	As     string `json:"as" doc:"As written, without the @."`
	Member string `json:"member,omitempty"`
	Role   string `json:"role,omitempty"`
	Skill  string `json:"skill,omitempty"`
	Told   int    `json:"told,omitempty" doc:"People who were told."`
	Absent bool   `json:"absent,omitempty" doc:"Nobody of them was present, so all were told."`
}

// Photo is a picture that somebody sent; its bytes are at /api/v1/photos/{id}.
type Photo struct {
	ID     string `json:"id"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Step is how far somebody came with a stock-out.
type Step struct {
	Step string    `json:"step" enum:"backroom,ordered"`
	At   time.Time `json:"at"`
	By   Author    `json:"by"`
}

// Reactions counts the three reactions.
type Reactions struct {
	Useful    int `json:"useful"`
	Like      int `json:"like"`
	Recommend int `json:"recommend"`
}

// Post is a post as lists and the live stream show it.
type Post struct {
	ID       string `json:"id"`
	Kind     string `json:"kind" enum:"alert,stock-out,phantom-stock,selling-well,production,good-news,handover,flood,quality-point,speed-point,stop-point,shortage,safety-point,price-point,other-point,idea,question,announcement,must-read,help-wanted,note,practice"`
	Topic    string `json:"topic" enum:"quality,speed,stop,maintenance,safety,stock,sales,material,price,other,idea,life"`
	State    string `json:"state" enum:"new,taken,onsite,resolved,closed"`
	Severity string `json:"severity" enum:"critical,major,minor,info"`
	Title    string `json:"title" doc:"One sentence in the reader's language."`
	Text     string `json:"text,omitempty" doc:"A person's words."`

	Territory     string `json:"territory"`
	TerritoryName string `json:"territory_name"`
	Asset         string `json:"asset,omitempty"`
	AssetName     string `json:"asset_name,omitempty"`
	Store         string `json:"store,omitempty"`
	SKU           string `json:"sku,omitempty"`

	Author Author   `json:"author"`
	Signal string   `json:"signal,omitempty"`
	Value  *float64 `json:"value,omitempty"`
	Unit   string   `json:"unit,omitempty"`
	Limit  *float64 `json:"limit,omitempty"`

	Active       bool `json:"active" doc:"The condition still holds."`
	Stale        bool `json:"stale" doc:"The source is silent or its data bad."`
	BackToNormal bool `json:"back_to_normal" doc:"The condition ended by itself."`
	Occurrences  int  `json:"occurrences"`
	MeToo        int  `json:"me_too"`

	Taker   *Author    `json:"taker,omitempty"`
	TakenAt *time.Time `json:"taken_at,omitempty"`
	Cause   string     `json:"cause,omitempty"`
	Action  string     `json:"action,omitempty" doc:"What was done about it."`

	Owner    string      `json:"owner,omitempty" doc:"Who keeps the rule that opened it."`
	Question string      `json:"question,omitempty" doc:"What the rule asks people."`
	Members  []Condition `json:"members,omitempty" nullable:"false" doc:"Conditions of a post that stands for several, in the order in which they happened."`
	Total    int         `json:"total,omitempty" doc:"Conditions ever in it; more than members when those are capped."`
	Holding  int         `json:"holding,omitempty" doc:"Conditions that hold now."`
	Unstable bool        `json:"unstable,omitempty" doc:"It comes and goes."`
	Flips    int         `json:"flips,omitempty" doc:"Changes lately."`
	Latched  bool        `json:"latched,omitempty" doc:"It ended, and waits for somebody to say so."`
	Shelf    *Shelf      `json:"shelf,omitempty" doc:"It is silenced by a person."`
	Asked    string      `json:"asked,omitempty" doc:"Role that was asked: by a person, or because nobody answered."`
	AskedBy  string      `json:"asked_by,omitempty" doc:"The person who asked it; absent when a rule did."`
	Level    int         `json:"level,omitempty" doc:"Of escalation."`
	Noise    int         `json:"noise,omitempty" doc:"People who said that it is noise."`
	Past     *Past       `json:"past,omitempty" doc:"What was done the last time."`
	Previous string      `json:"previous,omitempty" doc:"The post that this one goes on from."`
	Run      *Run        `json:"run,omitempty" doc:"Of a production thread."`
	Sheet    *Sheet      `json:"sheet,omitempty" doc:"Of a handover."`
	Audience string      `json:"audience,omitempty" enum:"ghost,shadow" doc:"Who sees it, when not everybody."`

	Comments    int       `json:"comments"`
	LastComment *Comment  `json:"last_comment,omitempty"`
	Reactions   Reactions `json:"reactions"`
	Series      []Point   `json:"series,omitempty" nullable:"false" doc:"The last thirty minutes of the signal, frozen when the condition ended."`

	Photos  []Photo    `json:"photos,omitempty" nullable:"false"`
	TypedAt *time.Time `json:"typed_at,omitempty" doc:"When a person wrote it, where that is not when it arrived."`
	Steps   []Step     `json:"steps,omitempty" nullable:"false" doc:"How far a stock-out is."`
	Talk    *Talk      `json:"talk,omitempty" doc:"What people put into it."`

	OpenedAt  time.Time  `json:"opened_at"`
	Since     time.Time  `json:"since" doc:"Opened, or the last time that it came back."`
	UpdatedAt time.Time  `json:"updated_at"`
	BumpedAt  time.Time  `json:"bumped_at"`
	ClosedAt  *time.Time `json:"closed_at,omitempty"`
	Change    int64      `json:"change" doc:"Number of the last change: the higher one is the newer."`
}

// view writes for one reader: their language, and the names of places.
type view struct {
	lang feed.Lang
	tree *feed.Tree
}

// post writes what everybody may see of a post.
func (v view) post(p *feed.Post) Post {
	p = p.Veiled()
	out := Post{
		ID: string(p.ID), Kind: string(p.Kind), Topic: string(p.Topic), State: string(p.State), Severity: string(p.Severity),
		Title: v.title(p), Text: p.Text,
		Territory: string(p.Territory), TerritoryName: v.tree.Name(p.Territory),
		Asset: string(p.Asset), Store: string(p.Store), SKU: p.SKU,
		Author: author(p.Author), Signal: p.Signal, Value: finite(p.Value), Unit: p.Unit, Limit: finite(p.Limit),
		Active: p.Active, Stale: p.Stale, BackToNormal: p.BackToNormal, Occurrences: p.Occurrences, MeToo: p.MeToo,
		TakenAt: instant(p.TakenAt), Cause: v.answer(p, p.Cause), Action: v.answer(p, p.Action), Comments: p.Comments,
		Owner: p.Owner, Question: p.Question.Render(v.lang, p.Values), Members: v.conditions(p.Members), Total: p.Total, Holding: p.Holding,
		Unstable: p.Unstable, Flips: p.Flips, Latched: p.Latched, Shelf: shelf(p.Shelf), Asked: p.Asked, AskedBy: p.Asker(), Level: p.Level, Noise: p.Noise,
		Past: v.past(p), Previous: string(p.Previous), Run: run(p.Run), Sheet: v.sheet(p.Sheet), Audience: string(p.Audience),
		Reactions: Reactions{Useful: p.Reactions[feed.Useful], Like: p.Reactions[feed.Like], Recommend: p.Reactions[feed.Recommend]},
		OpenedAt:  utc(p.OpenedAt), Since: utc(p.Since), UpdatedAt: utc(p.UpdatedAt), BumpedAt: utc(p.BumpedAt), ClosedAt: instant(p.ClosedAt),
		Change: p.Change, TypedAt: instant(p.TypedAt), Photos: photos(p.Photos), Steps: steps(p.Steps), Talk: v.talk(p.Talk),
	}
	if p.Asset != "" {
		out.AssetName = v.tree.Name(p.Asset)
	}
	if p.Taker.Name != "" {
		out.Taker = new(author(p.Taker))
	}
	if p.LastComment != nil {
		out.LastComment = new(comment(*p.LastComment))
	}
	for _, s := range p.Series {
		if !math.IsNaN(s.Value) && !math.IsInf(s.Value, 0) {
			out.Series = append(out.Series, Point{float64(s.At.UnixMilli()), s.Value})
		}
	}
	return out
}

// answer is what somebody answered to a post; what its rule offers is read in the
// reader's language, whichever it was given in.
func (v view) answer(p *feed.Post, said string) string {
	if said == "" || len(p.Causes)+len(p.Actions) == 0 {
		return said
	}
	return p.Answers().In(v.lang, said)
}

// title is the sentence that heads a post: the machine's in the reader's
// language, or the first line of what the person wrote.
func (v view) title(p *feed.Post) string {
	if !p.Title.IsZero() {
		return p.Title.Render(v.lang, p.Values)
	}
	line, _, _ := strings.Cut(p.Text, "\n")
	return feed.Text{FR: "{line}"}.Render(v.lang, feed.Values{"line": line})
}

func author(a feed.Author) Author {
	return Author{Kind: string(a.Kind), Name: a.Name, Member: string(a.Member)}
}

// comment writes what everybody may see of a comment.
func comment(c feed.Comment) Comment { return wholeComment(c.Veiled()) }

func wholeComment(c feed.Comment) Comment {
	return Comment{
		ID: string(c.ID), Parent: string(c.Parent), Author: author(c.Author), Text: c.Text, At: utc(c.At),
		TypedAt: instant(c.TypedAt), Photos: photos(c.Photos),
		Mentions: mentions(c.Mentions), EditedAt: instant(c.EditedAt), Deleted: !c.DeletedAt.IsZero(), Hidden: hidden(c.Hidden),
	}
}

func mentions(called []feed.Mention) []Mention {
	var out []Mention
	for _, m := range called {
		out = append(out, Mention{As: m.As, Member: string(m.Member), Role: m.Role, Skill: m.Skill, Told: m.Told, Absent: m.Absent})
	}
	return out
}

func steps(made []feed.Step) []Step {
	var out []Step
	for _, s := range made {
		out = append(out, Step{Step: string(s.Kind), At: utc(s.At), By: author(s.By)})
	}
	return out
}

// instant is t, or nothing when t is zero.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return new(utc(t))
}

// utc is t as it is kept: to the millisecond.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// finite is n, or nothing when JSON cannot say it.
func finite(n *float64) *float64 {
	if n == nil || math.IsNaN(*n) || math.IsInf(*n, 0) {
		return nil
	}
	return n
}

// number is n, or zero when JSON cannot say it.
func number(n float64) float64 {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	return n
}
