package api

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// PostDetail is a post with its conversation, its past and where it comes from.
type PostDetail struct {
	Post
	Timeline   []Entry     `json:"timeline" nullable:"false"`
	Thread     []Comment   `json:"thread" nullable:"false"`
	Provenance *Provenance `json:"provenance,omitempty"`
	Mine       []string    `json:"mine" nullable:"false" enum:"useful,like,recommend" doc:"The reader's own reactions: useful, like, recommend."`
	Can        Can         `json:"can" doc:"What the reader may do here."`
}

// Entry is one line of the timeline.
type Entry struct {
	Kind   string    `json:"kind" enum:"opened,worse,recovered,recurred,stale,refreshed,taken,onsite,resolved,reopened,joined"`
	At     time.Time `json:"at"`
	Author Author    `json:"author"`
	Text   string    `json:"text,omitempty"`
	Value  *float64  `json:"value,omitempty"`
}

// Provenance says where a machine's post comes from.
type Provenance feed.Provenance

// Can says what the reader may do with a post.
type Can struct {
	Write  bool `json:"write" doc:"Comment and react."`
	Handle bool `json:"handle" doc:"Take, be on site, resolve, reopen."`
}

// detail reads one post of the visitor's scope with all that belongs to it.
func (s *server) detail(ctx context.Context, id feed.PostID) (*PostDetail, error) {
	v := visitorOf(ctx)
	p, err := s.Posts.Post(ctx, v.member.Scope(), id)
	if err != nil {
		return nil, fmt.Errorf("post %s: %w", id, err)
	}
	entries, err := s.Posts.Timeline(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("timeline of %s: %w", id, err)
	}
	thread, err := s.Posts.Thread(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("thread of %s: %w", id, err)
	}
	mine, err := s.Posts.Mine(ctx, id, v.member.ID)
	if err != nil {
		return nil, fmt.Errorf("reactions of %s to %s: %w", v.member.ID, id, err)
	}
	view, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out := &PostDetail{
		Post: view.post(p), Timeline: make([]Entry, 0, len(entries)), Thread: make([]Comment, 0, len(thread)),
		Provenance: (*Provenance)(p.Provenance), Mine: make([]string, 0, len(mine)),
		Can: Can{Write: feed.Can(v.member, feed.Write, p.Territory), Handle: feed.Can(v.member, feed.Handle, p.Territory)},
	}
	for _, e := range entries {
		out.Timeline = append(out.Timeline, Entry{
			Kind: string(e.Kind), At: utc(e.At), Author: author(e.Author), Text: e.Text, Value: finite(e.Value),
		})
	}
	for _, c := range thread {
		out.Thread = append(out.Thread, comment(c))
	}
	for _, r := range mine {
		out.Mine = append(out.Mine, string(r))
	}
	return out, nil
}

// view is how the visitor reads.
func (s *server) view(ctx context.Context) (view, error) {
	tree, err := s.Places.Tree(ctx)
	if err != nil {
		return view{}, fmt.Errorf("territory tree: %w", err)
	}
	return view{lang: visitorOf(ctx).lang, tree: tree}, nil
}
