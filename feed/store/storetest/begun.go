package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// lotEndings are more words than are told apart, binEndings some that are, yet
// more than are looked for at once.
const (
	lotEndings = 90
	binEndings = 30
)

// lots writes posts with what was said of them, the oldest first. Most of the
// older ones name a lot and few of the newer ones do: more than a page is looked
// for among stand between. Later some were said otherwise, and some hidden.
func (b *bench) lots(t *testing.T) (posts []*feed.Post, said map[feed.PostID]feed.Comment) {
	said = map[feed.PostID]feed.Comment{}
	for i := range 500 {
		p := wrote(fmt.Sprintf("p%03d", i), "Rien ici", 0)
		p.OpenedAt, p.Territory = noon.Add(time.Duration(i)*time.Second), path().Example(i%12)
		p.Audience = []feed.Audience{feed.Everybody, feed.Everybody, feed.Ghost, feed.Shadow}[i/12%4]
		p.ShadowFor = "ana"
		if i < 250 || i%199 == 0 {
			p.Text = fmt.Sprintf("lot%d bac%d%s", i%lotEndings, i%binEndings, []string{"", " fuite"}[i/7%2])
		}
		if i%3 == 0 {
			c := feed.Comment{ID: feed.CommentID("c" + p.ID), Post: p.ID, Text: "Vu, la fuite", At: p.OpenedAt.Add(time.Second / 2)}
			if i < 250 {
				c.Text = fmt.Sprintf("lot%d et fuite", i%lotEndings)
			}
			said[p.ID] = c
		}
		posts = append(posts, p)
	}
	b.keep(t.Context(), t, posts...)
	require.NoError(t, b.InTx(t.Context(), func(tx feed.Tx) error {
		for _, c := range said {
			if err := tx.AddComment(t.Context(), c); err != nil {
				return err
			}
		}
		return nil
	}))
	b.indexed(t.Context(), t)
	for i, p := range posts {
		switch i % 11 {
		case 1:
			p.Text = "lot et fuite" // the beginning itself
		case 2:
			p.Text = "Rien ici non plus"
		case 3:
			p.Talk = &feed.Talk{Hidden: &feed.Hidden{Reason: "lot5"}}
		}
	}
	b.keep(t.Context(), t, posts...)
	return posts, said
}

// aWordWithManyEndingsIsFound compares what is found of a word that is only
// begun, as very many are, with all that was written, told in the plainest way.
func aWordWithManyEndingsIsFound(t *testing.T, b *bench) {
	posts, said := b.lots(t)
	asked := map[string]func(text string) bool{
		"lo":        func(text string) bool { return strings.Contains(text, "lot") },
		"fuite lo":  func(text string) bool { return strings.Contains(text, "lot") && strings.Contains(text, "fuite") },
		"-fuite lo": func(text string) bool { return strings.Contains(text, "lot") && !strings.Contains(text, "fuite") },
		"ba":        func(text string) bool { return strings.Contains(text, "bac") },
		"ici lo":    func(string) bool { return false },
	}
	rapid.Check(t, func(rt *rapid.T) {
		typed := rapid.SampledFrom([]string{"lo", "fuite lo", "-fuite lo", "ba", "ici lo"}).Draw(rt, "typed")
		s := rapid.OneOf(scope(), rapid.Just(feed.Scope{Roots: []feed.Path{""}})).Draw(rt, "scope")
		r := ask(typed)
		r.Limit = rapid.SampledFrom([]int{1, 2, 7, 40}).Draw(rt, "limit")
		if rapid.Bool().Draw(rt, "until") {
			r.To = noon.Add(time.Duration(rapid.IntRange(0, 500).Draw(rt, "to")) * time.Second)
		}
		want := []string{}
		for _, p := range slices.Backward(posts) {
			c, answered := said[p.ID]
			if answered && s.Sees(p) && asked[typed](c.Text) && (r.To.IsZero() || c.At.Before(r.To)) {
				want = append(want, string(p.ID)+"/"+c.Text)
			}
			if s.Sees(p) && p.Talk == nil && asked[typed](p.Text) && (r.To.IsZero() || p.OpenedAt.Before(r.To)) {
				want = append(want, string(p.ID))
			}
		}
		require.Equal(rt, want, b.found(t.Context(), rt, s, r))
	})
}

// aCursorOfAnotherQuestionDoesNoHarm goes on with a whole word where a begun one
// was asked for.
func aCursorOfAnotherQuestionDoesNoHarm(t *testing.T, b *bench) {
	b.lots(t)
	b.indexed(t.Context(), t)
	everywhere := feed.Scope{Roots: []feed.Path{""}}
	page, err := b.Search(t.Context(), everywhere, ask("lo"))
	require.NoError(t, err)
	require.NotEmpty(t, page.Next)
	r := ask("fuite ")
	r.Cursor = page.Next
	page, err = b.Search(t.Context(), everywhere, r)
	require.NoError(t, err)
	require.NotEmpty(t, page.Hits)
}
