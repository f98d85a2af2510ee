package main_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// ledger keeps what was acknowledged to the outside world.
type ledger struct {
	kills     int
	mu        sync.Mutex
	machines  map[string]bool      // asset of each acknowledged alarm
	posts     map[string]string    // idempotency key → text, of acknowledged posts
	comments  map[string]string    // text → post, of acknowledged comments
	decisions map[string]*decision // by post, as they were asked for
}

func newLedger() *ledger {
	return &ledger{machines: map[string]bool{}, posts: map[string]string{}, comments: map[string]string{}, decisions: map[string]*decision{}}
}

// note writes down what happened meanwhile.
func (l *ledger) note(entry func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry()
}

// isReal tells whether there is enough to compare: a machine that is busy with
// something else takes longer to acknowledge it.
func (l *ledger) isReal() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.machines) > 1000 && len(l.posts) > 100 && len(l.comments) > 100 && l.acknowledged() > 100
}

// acknowledged counts the decisions that have to stand.
func (l *ledger) acknowledged() int {
	n := 0
	for _, d := range l.decisions {
		if d.acknowledged {
			n++
		}
	}
	return n
}

// decision is the word on an idea; who owns what follows and until when, where
// it is accepted.
type decision struct {
	Outcome string    `json:"outcome"`
	Reason  string    `json:"reason"`
	Owner   string    `json:"owner,omitempty"`
	Due     time.Time `json:"due,omitzero"`

	acknowledged bool
}

// verify compares what the program shows with what was acknowledged.
func (l *ledger) verify(t *testing.T, p people) {
	t.Helper()
	require.True(t, l.isReal(), "the load was real: %d machine events, %d posts, %d decisions", len(l.machines), len(l.posts), l.acknowledged())
	shown := alerts(t, p.author, len(l.machines))
	for asset := range l.machines {
		require.Equal(t, 1, shown[asset], "posts of %s", asset)
	}
	ideas, err := p.author.feed(t.Context(), "kind=idea")
	require.NoError(t, err)
	texts := map[string]int{}
	for _, p := range ideas {
		texts[p.Text]++
	}
	for key, text := range l.posts {
		require.Equal(t, 1, texts[text], "posts of %s", key)
	}
	lost := 0
	for text, id := range l.comments {
		if thread := detail(t, p.author, id).Thread; len(thread) != 1 || thread[0].Text != text {
			lost++
		}
	}
	require.Zero(t, lost, "comments lost or doubled")
	l.verifyDecisions(t, p, ideas)
	for query, want := range map[string]int{"kind=alert": len(l.machines), "q=id%C3%A9e&kind=idea": len(l.posts), "q=r%C3%A9ponses": len(l.comments)} {
		require.Eventually(t, func() bool {
			found, err := found(t.Context(), p.author, query)
			require.NoError(t, err)
			return len(found) >= want
		}, time.Minute, 200*time.Millisecond, "the search passes over none of %s", query)
	}
	t.Logf("ledger after %d kills: %d machine events, %d posts, %d comments, %d decisions: 0 lost, 0 doubled",
		l.kills, len(l.machines), len(l.posts), len(l.comments), l.acknowledged())
}

// verifyDecisions: each stands once as it was acknowledged, its author was told
// once, and what was accepted waits once for its owner. That on which the load
// stopped stands so too, or not at all.
func (l *ledger) verifyDecisions(t *testing.T, p people, ideas []post) {
	t.Helper()
	told, asked := notifications(t, p.author, "decided"), notifications(t, p.owner, "decide")
	actions := 0
	for _, idea := range ideas {
		d, want := detail(t, p.author, idea.ID), l.decisions[idea.ID]
		if want == nil || !want.acknowledged && d.Talk.Course.Outcome == "" {
			want = &decision{}
		}
		once, action := min(len(want.Outcome), 1), min(len(want.Owner), 1)
		actions += action
		require.Equal(t, *want, d.decision(want.acknowledged), "the decision on %s", idea.Text)
		require.Equal(t, once, d.entries("decided"), "decisions on %s", idea.Text)
		require.Equal(t, once, told[idea.ID], "what its author was told of %s", idea.Text)
		require.Equal(t, action, asked[idea.ID], "what its owner was told of %s", idea.Text)
	}
	var list struct{ Counts struct{ Mine int } }
	read(t, p.owner, "/api/v1/decisions", &list)
	require.Equal(t, actions, list.Counts.Mine, "actions that wait for their owner")
}

// full is a post with what was said and done about it.
type full struct {
	Thread   []struct{ Text string }
	Timeline []struct{ Kind string }
	Talk     struct {
		Course struct {
			Outcome, Reason string
			Task            struct {
				Owner struct{ Member string }
				Due   time.Time
			}
		}
	}
}

func detail(t *testing.T, c *client, id string) (out full) {
	t.Helper()
	read(t, c, "/api/v1/posts/"+id, &out)
	return out
}

// decision is how it was decided, as the ledger writes it down.
func (f full) decision(acknowledged bool) decision {
	co := f.Talk.Course
	return decision{Outcome: co.Outcome, Reason: co.Reason, Owner: co.Task.Owner.Member, Due: co.Task.Due, acknowledged: acknowledged}
}

// entries counts what the timeline says of a kind.
func (f full) entries(kind string) int {
	n := 0
	for _, e := range f.Timeline {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// notifications counts what somebody was told of each post for a reason.
func notifications(t *testing.T, c *client, why string) map[string]int {
	t.Helper()
	told := map[string]int{}
	for after := ""; ; {
		var page struct {
			Notifications []struct{ Why, Post string }
			Next          string
		}
		read(t, c, "/api/v1/notifications?after="+after, &page)
		for _, n := range page.Notifications {
			if n.Why == why {
				told[n.Post]++
			}
		}
		if after = page.Next; after == "" {
			return told
		}
	}
}

// read gets what has to be there.
func read(t *testing.T, c *client, path string, reply any) {
	t.Helper()
	status, err := c.call(t.Context(), http.MethodGet, path, "", nil, reply)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, status, path)
}

// alerts counts the posts of each asset once so many assets have one: what
// waited in the stream may take its time, as long as more posts come.
func alerts(t *testing.T, c *client, assets int) map[string]int {
	t.Helper()
	for shown, since := map[string]int{}, time.Now(); ; {
		all, err := c.feed(t.Context(), "kind=alert")
		require.NoError(t, err)
		before := len(shown)
		clear(shown)
		for _, p := range all {
			shown[p.Asset]++
		}
		if len(shown) >= assets {
			return shown
		}
		if len(shown) > before {
			since = time.Now()
		}
		require.Less(t, time.Since(since), time.Minute, "%d of %d acknowledged machine events have their post, and for a minute no more came", len(shown), assets)
		<-time.After(time.Second)
	}
}

// found lists what the search finds, each post and comment once.
func found(ctx context.Context, c *client, query string) (map[string]bool, error) {
	all := map[string]bool{}
	for cursor := ""; ; {
		var page struct {
			Results []struct {
				Post    struct{ ID string }
				Comment *struct{ ID string }
			}
			Next string
		}
		status, err := c.call(ctx, "GET", "/api/v1/search?limit=100&"+query+"&cursor="+cursor, "", nil, &page)
		if err != nil {
			return nil, fmt.Errorf("search %s: %w", query, err)
		}
		if status != http.StatusOK {
			return nil, fmt.Errorf("search %s: %d", query, status)
		}
		for _, r := range page.Results {
			id := r.Post.ID
			if r.Comment != nil {
				id += "/" + r.Comment.ID
			}
			all[id] = true
		}
		if cursor = page.Next; cursor == "" {
			return all, nil
		}
	}
}
