package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed/search"
)

// fewEndings is for how many words that begin alike the index is asked at once,
// each by itself: above, the newest documents are looked at first. Above
// maxEndings they are not even told apart.
const (
	fewEndings = 16
	maxEndings = 64
)

// lookFor is how many documents are looked at for each that is wanted, maxBegun
// how many at most, before the index is asked for all words that begin so.
const (
	lookFor  = 64
	maxBegun = 4096
)

// beginning is a word of which only the beginning is known, where so many words
// begin so that documents which answer all else are looked at, the newest first.
type beginning struct {
	beside string // what the index is asked for besides
	word   string // the word itself, as the tokens of a document hold it
	begins string // what a longer one begins with there
}

// begun looks for the words that begin as the last one does.
func (s *Store) begun(ctx context.Context, w *walk, places []string) error {
	e := expression(w.Request, places, true)
	i := slices.IndexFunc(e.All, func(group []search.Choice) bool { return group[len(group)-1].Begun })
	if s.dialect.wordsApart && i >= 0 {
		group := e.All[i]
		words, err := s.endings(ctx, group)
		if err != nil {
			return err
		}
		if len(words) > fewEndings {
			beside := search.Expression{All: slices.Delete(slices.Clone(e.All), i, i+1), Not: e.Not}
			w.begun = &beginning{s.dialect.express(beside), " " + group[0].Token + " ", " " + group[1].Token}
		}
		if len(words) <= maxEndings {
			e.All[i] = append(words, group[0])
		}
	}
	w.words, w.expr = s.looked(w.Express(true)), s.dialect.express(e)
	return s.hits(ctx, w)
}

// endings lists the words that begin as one of a group does, up to one more than
// are told apart.
func (s *Store) endings(ctx context.Context, group []search.Choice) (words []search.Choice, err error) {
	begins := group[len(group)-1].Token
	words, err = rowsOf(ctx, s.reader(), func(c *search.Choice) []any {
		return []any{&c.Token}
	}, `SELECT term FROM search_terms WHERE term >= ? AND term < ? ORDER BY term LIMIT ?`, begins, begins+"{", maxEndings+1)
	if err != nil {
		return nil, fmt.Errorf("words that begin as %s: %w", begins, err)
	}
	return words, nil
}

// errEnough ends a walk.
var errEnough = errors.New("enough")

// beginning walks through documents that answer all else for those with a word
// that begins as the last one does; all tells that it came to their end.
func (c conn) beginning(ctx context.Context, w *walk, from int64, limit int) (near []candidate, all bool, err error) {
	most, walked := min(lookFor*limit, maxBegun), 0
	err = c.each(ctx, func(rows *sql.Rows) error {
		var f candidate
		var has bool
		err := rows.Scan(&f.n, &f.post, &f.comment, &has)
		if walked++; has {
			near = append(near, f)
		}
		if err == nil && len(near) == limit {
			return errEnough
		}
		return err
	}, sqliteWalk, w.begun.word, w.begun.begins, w.begun.beside, from, w.before, most)
	if errors.Is(err, errEnough) {
		return near, false, nil
	}
	return near, walked < most, err
}
