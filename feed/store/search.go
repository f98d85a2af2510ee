package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// candidate is a document that the index finds.
type candidate struct {
	n       int64
	post    feed.PostID
	comment feed.CommentID
}

// maxRounds bounds how often a search asks the index for more, because what it
// found does not answer after all.
const maxRounds = 8

// Search finds posts and comments in scope, as everybody may read them now, the
// newest first, or the best of the newest. The index says where to look; what
// is there, who may see it and whether it answers is read and asked again.
func (s *Store) Search(ctx context.Context, scope feed.Scope, r search.Request) (search.Page, error) {
	places := searchedIn(scope.Narrow(r.Territory))
	if len(places) == 0 {
		return search.Page{}, nil
	}
	before, err := searchFrom(r)
	if err != nil {
		return search.Page{}, err
	}
	limit := pageSize(r.Limit)
	want := limit
	if r.Ranked {
		want = search.RankedOf
	}
	expr := r.Express()
	expr.Need(places...)
	if r.Kind != "" {
		expr.Need(search.KindToken(r.Kind))
	}
	if r.Author != "" {
		expr.Need(search.AuthorToken(r.Author))
	}
	hits, last, more, err := s.hits(ctx, scope, r, s.dialect.express(expr), before, want)
	if err != nil {
		return search.Page{}, fmt.Errorf("search in %v: %w", scope.Roots, err)
	}
	page := search.Page{Hits: hits}
	switch {
	case r.Ranked:
		slices.SortStableFunc(page.Hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
		page.Hits, page.Bounded = page.Hits[:min(len(page.Hits), limit)], more
	case more:
		page.Next = base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(last, 10)))
	}
	return page, nil
}

// searchedIn lists the tokens of the places whose posts the reader of a scope
// may find: what is for everybody, and what is for them.
func searchedIn(scope feed.Scope) []string {
	var out []string
	for _, root := range outermost(scope.Roots) {
		out = append(out, search.PlaceToken(root))
		if scope.Reader != "" {
			out = append(out, search.PlaceToken(under(feed.Shadow, scope.Reader, root)))
		}
	}
	for _, root := range outermost(scope.Ghosts) {
		out = append(out, search.PlaceToken(under(feed.Ghost, "", root)))
	}
	return out
}

// searchFrom is the number below which a page begins.
func searchFrom(r search.Request) (int64, error) {
	before := int64(math.MaxInt64)
	if !r.To.IsZero() {
		before = millis(r.To) << timeShift
	}
	if r.Cursor == "" {
		return before, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err != nil {
		return 0, errCursor
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return 0, errCursor
	}
	return min(before, n), nil
}

// hits reads candidates until as many answer as are wanted. Last is the number
// that the next page begins below, more whether there may be one.
func (s *Store) hits(ctx context.Context, scope feed.Scope, r search.Request, expr string, before int64, want int) (hits []search.Hit, last int64, more bool, err error) {
	c := s.reader()
	for range maxRounds {
		found, err := c.candidates(ctx, s.dialect, expr, millis(r.From)<<timeShift, before, want+1-len(hits))
		if err != nil {
			return nil, 0, false, err
		}
		asked := want + 1 - len(hits)
		docs, err := c.documents(ctx, found)
		if err != nil {
			return nil, 0, false, err
		}
		for _, d := range found {
			hit, ok := docs.answer(scope, r, d)
			if !ok {
				last, before = d.n, d.n
				continue
			}
			if len(hits) == want {
				return hits, last, true, nil
			}
			hits, last, before = append(hits, hit), d.n, d.n
		}
		if len(found) < asked {
			return hits, last, false, nil
		}
	}
	return hits, last, true, nil
}

// candidates asks the index, which holds its documents in the order of their
// numbers.
func (c conn) candidates(ctx context.Context, d dialect, expr string, from, before int64, limit int) ([]candidate, error) {
	var out []candidate
	err := c.each(ctx, func(rows *sql.Rows) error {
		var f candidate
		err := rows.Scan(&f.n, &f.post, &f.comment)
		out = append(out, f)
		return err
	}, d.searchQuery, expr, from, before, limit)
	return out, err
}

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
		all, err := c.list(ctx, `WHERE p.id IN (?)`, slices.Compact(posts))
		if err != nil {
			return out, fmt.Errorf("posts that were found: %w", err)
		}
		for _, p := range all {
			out.posts[p.ID] = p
		}
	}
	if len(comments) > 0 {
		all, err := c.comments(ctx, `WHERE id IN (?)`, comments)
		if err != nil {
			return out, fmt.Errorf("comments that were found: %w", err)
		}
		for i := range all {
			out.comments[all[i].ID] = &all[i]
		}
	}
	return out, nil
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
