package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// PostgreSQL's index lists the documents of a word in no order of time: of a
// common word it is asked for half of all. So the newest documents are looked
// through first, and the index is asked for what is not among them.

// shortWalk is how many documents are walked through for each that is wanted,
// and longWalk through how many, or twice as many as before, once some of those
// answered: to read one by its list costs about as much as to walk past ten.
const (
	shortWalk = 16
	longWalk  = 1 << 14
)

// fewDocuments is how many are read sooner than the list of a word is held
// against that of a place.
const fewDocuments = 5000

// walked looks through the newest documents, and asks the index where they do
// not fill a page.
func (s *Store) walked(ctx context.Context, w *walk, from int64, limit int) ([]candidate, error) {
	c := s.reader()
	short := shortWalk * limit
	long := max(longWalk, 2*short)
	for _, most := range []int{short, long} {
		near, err := c.candidates(ctx, s.dialect.searchWalk, from, w.before, most, w.expr, limit)
		if err != nil || len(near) == limit {
			return near, err
		}
		if len(near)*long < limit*short {
			break // a longer walk fills no page either
		}
	}
	by := w.expr
	if w.words != "" {
		n, err := s.guessed(ctx, w.words)
		if err != nil {
			return nil, err
		}
		if n <= fewDocuments { // each would be looked up in the list of its place, which may hold a million
			by = w.words
		}
	}
	return c.candidates(ctx, s.dialect.searchQuery, by, w.expr, from, w.before, limit)
}

// guessed is how many documents have some words, as far as the database knows
// without looking.
func (s *Store) guessed(ctx context.Context, words string) (float64, error) {
	var plan string
	if err := s.reader().get(ctx, &plan, s.dialect.searchGuess, words); err != nil {
		return 0, fmt.Errorf("guess how many have %s: %w", words, err)
	}
	var guess [1]struct { // of one statement
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	if err := json.Unmarshal([]byte(plan), &guess); err != nil {
		return 0, fmt.Errorf("guess how many have %s: read %q: %w", words, plan, err)
	}
	return guess[0].Plan.Rows, nil
}
