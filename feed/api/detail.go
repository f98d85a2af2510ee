package api

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// What a detail lists at most: chips that fit a dialog, posts that fit a page.
const (
	maxChips   = 7
	maxRelated = 50
)

// Surroundings are what other posts say of one.
type Surroundings interface {
	// Suggestions are what people answered to the same thing before, the most
	// frequent first.
	Suggestions(ctx context.Context, p *feed.Post) (causes, actions []string, err error)
	// Related lists what hangs on a production thread, the newest first.
	Related(ctx context.Context, scope feed.Scope, p *feed.Post, limit int) ([]*feed.Post, error)
}

// PostDetail is a post with its conversation, its past and where it comes from.
type PostDetail struct {
	Post
	Timeline   []Entry     `json:"timeline" nullable:"false"`
	Thread     []Comment   `json:"thread" nullable:"false"`
	Related    []Post      `json:"related" nullable:"false" doc:"What hangs on a production thread: the posts of its line in its time."`
	Causes     []string    `json:"causes" nullable:"false" doc:"Causes to choose from: the rule's own, then what was answered before."`
	Actions    []string    `json:"actions" nullable:"false" doc:"What may have been done about it, in the same order."`
	Teams      []string    `json:"teams" nullable:"false" doc:"Whom to ask: the rule's owner, those it asks itself, then the usual ones. The reader may ask where can.oversee is true."`
	Provenance *Provenance `json:"provenance,omitempty"`
	Mine       []string    `json:"mine" nullable:"false" enum:"useful,like,recommend" doc:"The reader's own reactions: useful, like, recommend."`
	MineNoise  bool        `json:"mine_noise" doc:"The reader said that it is noise."`
	SeenBy     int         `json:"seen_by" doc:"How many of those present opened it; no time is kept."`
	Present    int         `json:"present" doc:"How many people are present at its place."`
	Flags      []Flag      `json:"flags" nullable:"false" doc:"What people find unfit here, for those who moderate."`
	MineRead   string      `json:"mine_read,omitempty" enum:"unread,read,each" doc:"Of a must-read notice in force that is for the reader: whether they have read it; each: on a station, every person does."`
	MineVote   *int        `json:"mine_vote,omitempty" doc:"The choice that the reader made in the poll, from 0."`
	Can        Can         `json:"can" doc:"What the reader may do here."`
	Way        []Stage     `json:"way" nullable:"false" doc:"The steps of the circuit that it goes through."`
	Links      []Link      `json:"links" nullable:"false" doc:"Posts that it was born of, merged into or took in, and those born of it."`
	Practices  []Practice  `json:"practices" nullable:"false" doc:"Good practices that may help here, the best first."`
}

// Entry is one line of the timeline.
type Entry struct {
	Kind   string    `json:"kind" enum:"opened,worse,recovered,recurred,stale,refreshed,taken,onsite,resolved,reopened,joined,unstable,steady,latched,shelved,unshelved,escalated,retired,noise,released,reset,assigned,backroom,ordered,signed,withdrawn,edited,hidden,shown,accepted,decided,step,overdue,card,shared,expired,helped,confirmed,aside"`
	At     time.Time `json:"at"`
	Author Author    `json:"author"`
	Text   string    `json:"text,omitempty"`
	Value  *float64  `json:"value,omitempty"`

	TypedAt *time.Time `json:"typed_at,omitempty" doc:"When it was done, where that is not when it arrived."`
}

// Provenance says where a machine's post comes from.
type Provenance feed.Provenance

// Can says what the reader may do with a post.
type Can struct {
	Write   bool `json:"write" doc:"Comment, react, and say that it is noise."`
	Handle  bool `json:"handle" doc:"Take, be on site, resolve, reopen."`
	Shelve  bool `json:"shelve" doc:"Silence it for a while."`
	Oversee bool `json:"oversee" doc:"Put it out of service, and back in service."`
	Animate bool `json:"animate" doc:"See and try the rules that speak here."`

	Moderate bool `json:"moderate" doc:"Hide what people wrote, and put it back."`
	Accept   bool `json:"accept" doc:"Say which answer held."`
	Admit    bool `json:"admit" doc:"Open the thread to a guest."`
	Readers  bool `json:"readers" doc:"Know who has not read the notice, and remind them."`
	End      bool `json:"end" doc:"End the announcement or notice before its time."`

	Capitalise bool `json:"capitalise" doc:"Make a good practice of it."`
	Tend       bool `json:"tend" doc:"Change, confirm or retire the good practice that it is."`
}

// part reads a part of what belongs to a post.
type part func(ctx context.Context, v view, p *feed.Post, out *PostDetail) error

// detail reads one post of the visitor's scope with all that belongs to it.
func (s *server) detail(ctx context.Context, id feed.PostID) (*PostDetail, error) {
	reader := visitorOf(ctx).member
	p, err := s.Posts.Post(ctx, reader.Scope(), id)
	if err != nil {
		return nil, fmt.Errorf("post %s: %w", id, err)
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out := &PostDetail{
		Post: v.post(p), Timeline: []Entry{}, Thread: []Comment{}, Related: []Post{}, Causes: []string{}, Actions: []string{}, Teams: s.teams(p),
		Provenance: (*Provenance)(p.Provenance), Mine: []string{}, Can: can(reader, p),
		Way: []Stage{}, Links: []Link{}, Practices: []Practice{},
	}
	for _, read := range []part{s.life, s.own, s.ownReading, s.ownPoll, s.answers, s.related, s.seen, s.flags, s.way, s.taught} {
		if err := read(ctx, v, p, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func can(m feed.Member, p *feed.Post) Can {
	place := p.Territory
	handle := feed.Can(m, feed.Handle, place)
	return Can{
		Write: feed.CanOn(m, feed.Write, p), Handle: handle, Shelve: handle,
		Oversee: feed.Can(m, feed.Oversee, place), Animate: feed.Can(m, feed.Animate, place),
		Moderate: feed.Can(m, feed.Moderate, place), Accept: feed.Can(m, feed.Write, place) && feed.MayAccept(m, p),
		Admit: feed.Can(m, feed.Moderate, place) && p.Audience == feed.Everybody,
	}
}

// life is what happened to the post and what was said of it.
func (s *server) life(ctx context.Context, v view, p *feed.Post, out *PostDetail) error {
	entries, err := s.Posts.Timeline(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("timeline of %s: %w", p.ID, err)
	}
	thread, err := s.Posts.Thread(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("thread of %s: %w", p.ID, err)
	}
	for _, e := range entries {
		if gone(e, thread) {
			e.Text = ""
		}
		out.Timeline = append(out.Timeline, Entry{
			Kind: string(e.Kind), At: utc(e.At), Author: author(e.Author), Text: v.entryText(p, e), Value: finite(e.Value),
			TypedAt: instant(e.TypedAt),
		})
	}
	reader := visitorOf(ctx).member.ID
	for _, c := range thread {
		out.Thread = append(out.Thread, seenBy(reader, out.Can.Moderate, c))
	}
	unveil(reader, p, out)
	return nil
}

// entryText is what an entry says; of an end the cause, and what was done.
func (v view) entryText(p *feed.Post, e feed.Entry) string {
	if e.Kind != feed.Solved {
		return e.Text
	}
	cause, action, acted := strings.Cut(e.Text, " → ")
	if !acted {
		return v.answer(p, e.Text)
	}
	return v.answer(p, cause) + " → " + v.answer(p, action)
}

// gone tells whether the words of a joined report, which the timeline tells too,
// were changed or taken off the screens.
func gone(e feed.Entry, thread []feed.Comment) bool {
	return e.Kind == feed.Joined && slices.ContainsFunc(thread, func(c feed.Comment) bool {
		return (!c.Shown() || c.Text != e.Text) && c.Author.Member == e.Author.Member && c.At.Equal(e.At)
	})
}

// seenBy is a comment as one reader sees it: who moderates reads what is hidden,
// and who wrote it what they answered.
func seenBy(reader feed.MemberID, moderates bool, c feed.Comment) Comment {
	if moderates {
		return wholeComment(c)
	}
	out := comment(c)
	if c.Hidden != nil && c.Author.Member == reader {
		out.Hidden.Answer = c.Hidden.Answer
	}
	return out
}

// unveil shows those who moderate what is hidden of the post, and its author
// what they answered.
func unveil(reader feed.MemberID, p *feed.Post, out *PostDetail) {
	if p.Talk == nil || p.Talk.Hidden == nil {
		return
	}
	if out.Can.Moderate {
		out.Text, out.Photos = p.Text, photos(p.Photos)
	}
	if out.Can.Moderate || p.Author.Member == reader {
		out.Talk.Hidden.Answer = p.Talk.Hidden.Answer
	}
}

// own is what the reader said of the post without words.
func (s *server) own(ctx context.Context, _ view, p *feed.Post, out *PostDetail) error {
	m := visitorOf(ctx).member.ID
	mine, err := s.Posts.Mine(ctx, p.ID, m)
	if err != nil {
		return fmt.Errorf("reactions of %s to %s: %w", m, p.ID, err)
	}
	for _, r := range mine {
		out.Mine = append(out.Mine, string(r))
	}
	if p.Noise == 0 {
		return nil
	}
	if out.MineNoise, err = s.Posts.CalledNoise(ctx, p.ID, m); err != nil {
		return fmt.Errorf("noise of %s on %s: %w", m, p.ID, err)
	}
	return nil
}

// answers are what may be said when the post is closed.
func (s *server) answers(ctx context.Context, v view, p *feed.Post, out *PostDetail) error {
	causes, actions, err := s.Posts.Suggestions(ctx, p)
	if err != nil {
		return fmt.Errorf("suggestions for %s: %w", p.ID, err)
	}
	out.Causes, out.Actions = v.chips(p, p.Causes, causes), v.chips(p, p.Actions, actions)
	return nil
}

// chips are the rule's answers and then those given before, each once, in
// whichever language it was given.
func (v view) chips(p *feed.Post, own []feed.Text, before []string) []string {
	answers := p.Answers()
	all := make([]string, 0, len(own)+len(before))
	for _, t := range own {
		all = append(all, t.Render(v.lang, p.Values))
	}
	out := make([]string, 0, maxChips)
	for _, said := range append(all, before...) {
		chip := answers.In(v.lang, said)
		if chip != "" && !slices.Contains(out, chip) && len(out) < maxChips {
			out = append(out, chip)
		}
	}
	return out
}

// related is what hangs on a production thread.
func (s *server) related(ctx context.Context, v view, p *feed.Post, out *PostDetail) error {
	if p.Kind != feed.Production {
		return nil
	}
	posts, err := s.Posts.Related(ctx, visitorOf(ctx).member.Scope(), p, maxRelated)
	if err != nil {
		return fmt.Errorf("what hangs on %s: %w", p.ID, err)
	}
	for _, r := range posts {
		out.Related = append(out.Related, v.post(r))
	}
	return nil
}

// view is how the visitor reads.
func (s *server) view(ctx context.Context) (view, error) {
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return view{}, fmt.Errorf("territory tree: %w", err)
	}
	return view{lang: visitorOf(ctx).lang, tree: tree}, nil
}
