package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// talkTx is what conversations need of a transaction.
type talkTx interface {
	// Thread lists the comments on a post, oldest first.
	Thread(ctx context.Context, id PostID) ([]Comment, error)
	// ChangeComment keeps what a comment says now, and whether it is shown.
	ChangeComment(ctx context.Context, c Comment) error
	// KeepVersion keeps what was said before it was changed.
	KeepVersion(ctx context.Context, v Version) error
	// DropPhotos forgets the pictures that went with a comment.
	DropPhotos(ctx context.Context, id CommentID) error
	// Quoting lists the handovers whose sheets hold a line on a post.
	Quoting(ctx context.Context, id PostID) ([]*Post, error)
	// Flag keeps that a member finds something unfit, and tells whether that is
	// new.
	Flag(ctx context.Context, f Flag) (added bool, err error)
	// Unflag forgets who found something unfit: it was seen to.
	Unflag(ctx context.Context, post PostID, comment CommentID) error
	guestTx
}

// Shown tells whether the words of a comment are there to be read.
func (c *Comment) Shown() bool { return c.DeletedAt.IsZero() && c.Hidden == nil }

// Veiled is the comment as whoever may not moderate sees it: of one that is
// hidden its place and the reason.
func (c Comment) Veiled() Comment {
	if c.Shown() {
		return c
	}
	c.Text, c.Photos, c.Mentions = "", nil, nil
	if c.Hidden != nil {
		c.Hidden = &Hidden{By: c.Hidden.By, At: c.Hidden.At, Reason: c.Hidden.Reason}
	}
	return c
}

// Veiled is the post as whoever may not moderate sees it: of one that is hidden
// all but what its author put into it. Whatever sends posts to people sends
// them veiled.
func (p *Post) Veiled() *Post {
	if p.LastComment != nil && !p.LastComment.Shown() {
		seen := *p
		seen.LastComment = nil
		p = &seen
	}
	h := p.hidden()
	if h == nil {
		return p
	}
	seen := *p
	seen.Title, seen.Values = p.said()
	seen.Text, seen.Photos = "", nil
	talk := *p.Talk
	talk.Tags, talk.Mentions, talk.Poll, talk.Card = nil, nil, nil, nil
	talk.Hidden = &Hidden{By: h.By, At: h.At, Reason: h.Reason}
	seen.Talk = &talk
	return &seen
}

// said is the sentence of a post that has its author's words for one.
func (p *Post) said() (Text, Values) {
	if h := p.hidden(); h != nil {
		return Text{FR: "Retiré par la modération : {reason}", EN: "Removed by moderation: {reason}"}, Values{"reason": h.Reason}
	}
	return Text{FR: "{text}", EN: "{text}"}, Values{"text": p.Text}
}

// retold counts again what is said of a post after something in it was changed,
// taken back or hidden: what lists show is never what nobody may read.
func retold(ctx context.Context, tx Tx, p *Post) error {
	thread, err := tx.Thread(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("thread of %s: %w", p.ID, err)
	}
	p.Comments, p.LastComment = 0, nil
	tags := tagsOf(p.Text)
	for i := range thread {
		c := &thread[i]
		if c.Shown() {
			p.Comments, p.LastComment = p.Comments+1, c
			tags = append(tags, tagsOf(c.Text)...)
		} else if p.Talk != nil && p.Talk.Accepted == c.ID {
			p.Talk.Accepted = ""
		}
	}
	if p.hidden() != nil {
		tags = nil // whoever looks for a tag does not find what it stood in
	}
	if len(tags) > 0 || p.Talk != nil {
		p.talk().Tags = few(tags)
	}
	return requote(ctx, tx, p)
}

// requote has the sheets that hold a line on a person's post say what it says
// now.
func requote(ctx context.Context, tx Tx, p *Post) error {
	if !p.Title.IsZero() {
		return nil
	}
	sheets, err := tx.Quoting(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("handovers that tell of %s: %w", p.ID, err)
	}
	for _, h := range sheets {
		for _, lines := range [][]SheetLine{h.Sheet.Open, h.Sheet.Unanswered, h.Sheet.Shelved, h.Sheet.Unstable, h.Sheet.Runs} {
			for i := range lines {
				if lines[i].Post == p.ID {
					lines[i].Title, lines[i].Values = p.said()
				}
			}
		}
		if err := tx.Save(ctx, h); err != nil {
			return fmt.Errorf("save post %s: %w", h.ID, err)
		}
	}
	return nil
}

// MaxTags bounds the tags of one post, with all that is said of it.
const MaxTags = 30

// tagsOf are the tags in a text.
func tagsOf(text string) []string {
	var out []string
	for _, m := range Marks(text, nil) {
		if m.Kind == MarkTag {
			out = append(out, m.Says)
		}
	}
	return out
}

// few is the first tags of a list, each once.
func few(tags []string) []string {
	var out []string
	for _, tag := range tags {
		if !slices.Contains(out, tag) && len(out) < MaxTags {
			out = append(out, tag)
		}
	}
	return out
}

// tag adds the tags of a text to those of the post.
func (p *Post) tag(text string) {
	if tags := tagsOf(text); len(tags) > 0 {
		p.talk().Tags = few(append(p.talk().Tags, tags...))
	}
}

// Version is what a post or comment said before it was changed.
type Version struct {
	Post    PostID
	Comment CommentID // empty: the post's own words
	Text    string
	At      time.Time // until when it said so
}
