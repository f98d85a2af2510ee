package store

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// documents are posts and comments by their ids.
type documents struct {
	posts    map[feed.PostID]*feed.Post
	comments map[feed.CommentID]*feed.Comment
}

// documents reads what was found as it is now.
func (c conn) documents(ctx context.Context, found []candidate) (documents, error) {
	out := documents{map[feed.PostID]*feed.Post{}, map[feed.CommentID]*feed.Comment{}}
	var posts []feed.PostID
	var comments []feed.CommentID
	for _, f := range found {
		posts = append(posts, f.post)
		if f.comment != "" {
			comments = append(comments, f.comment)
		}
	}
	if len(posts) > 0 {
		slices.Sort(posts)
		marks, args := oneOf(slices.Compact(posts))
		all, err := c.list(ctx, `WHERE p.id IN `+marks, args...)
		if err != nil {
			return out, fmt.Errorf("posts that were found: %w", err)
		}
		for _, p := range all {
			out.posts[p.ID] = p
		}
	}
	if len(comments) > 0 {
		marks, args := oneOf(comments)
		all, err := c.comments(ctx, `WHERE id IN `+marks, args...)
		if err != nil {
			return out, fmt.Errorf("comments that were found: %w", err)
		}
		for i := range all {
			out.comments[all[i].ID] = &all[i]
		}
	}
	return out, nil
}

// oneOf are the marks of a list, and its texts. Its length is a power of two, so
// that there are few statements to compile, which takes longer than to run them.
func oneOf[T ~string](list []T) (marks string, args []any) {
	n := 1 << bits.Len(uint(len(list)-1))
	for _, v := range list {
		args = append(args, string(v))
	}
	for len(args) < n {
		args = append(args, args[0])
	}
	return `(` + strings.Repeat(`CAST(? AS TEXT), `, n-1) + `CAST(? AS TEXT))`, args
}

// answer is the last word on whether a document is found.
func (d documents) answer(scope feed.Scope, r search.Request, f candidate) (search.Hit, bool) {
	p := d.posts[f.post]
	if p == nil || !scope.Sees(p) {
		return search.Hit{}, false
	}
	if f.comment == "" {
		return r.Answer(p, nil)
	}
	c := d.comments[f.comment]
	if c == nil {
		return search.Hit{}, false
	}
	return r.Answer(p, c)
}
