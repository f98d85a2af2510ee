package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/search"
)

// indexed is a post or comment as the search knows it.
type indexed struct {
	post    feed.PostID
	comment feed.CommentID
	at      time.Time
	tokens  []string // empty: not found by words
}

// number is the first number that a document may have: its time, then bits that
// are its own. Those that meet nevertheless take the next one that is free.
func (d indexed) number() int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(string(d.post) + " " + string(d.comment))) // never fails
	return millis(d.at)<<timeShift | int64(h.Sum32()>>12)
}

// timeShift is by how many bits a document's number begins with its time.
const timeShift = 20

// digest tells whether a document says and stands where it did.
func (d indexed) digest() int64 {
	h := fnv.New64a()
	for _, t := range d.tokens {
		_, _ = h.Write([]byte(t + " ")) // never fails
	}
	return int64(h.Sum64())
}

// searched indexes the words of a post under the places where it stands.
func (t *tx) searched(ctx context.Context, p *feed.Post) error {
	if t.store.plain {
		return nil
	}
	d := indexed{post: p.ID, at: p.OpenedAt, tokens: search.PostTokens(p)}
	places := standing(p)
	d.standAt(places)
	changed, was, err := t.indexed(ctx, d)
	if err != nil || !changed || !was || p.Comments == 0 {
		return err
	}
	return t.searchedThread(ctx, p.ID, places) // it may stand elsewhere now
}

// searchedThread indexes what was said on a post.
func (t *tx) searchedThread(ctx context.Context, id feed.PostID, places []feed.Path) error {
	thread, err := t.Thread(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range thread {
		if err := t.searchedAt(ctx, c, places); err != nil {
			return err
		}
	}
	return nil
}

// searchedComment indexes the words of a comment where its post stands.
func (t *tx) searchedComment(ctx context.Context, c feed.Comment) error {
	if t.store.plain {
		return nil
	}
	var places []feed.Path
	err := t.each(ctx, func(rows *sql.Rows) error {
		var p feed.Path
		err := rows.Scan(&p)
		places = append(places, p)
		return err
	}, `SELECT territory FROM post_index WHERE post = ?`, c.Post)
	if err != nil {
		return fmt.Errorf("where %s stands: %w", c.Post, err)
	}
	return t.searchedAt(ctx, c, places)
}

func (t *tx) searchedAt(ctx context.Context, c feed.Comment, places []feed.Path) error {
	d := indexed{post: c.Post, comment: c.ID, at: c.At, tokens: search.CommentTokens(c)}
	d.standAt(places)
	_, _, err := t.indexed(ctx, d)
	return err
}

// standAt has a document that says something found at places.
func (d *indexed) standAt(places []feed.Path) {
	if len(d.tokens) == 0 {
		return
	}
	places = slices.Clone(places)
	slices.SortFunc(places, func(a, b feed.Path) int { return cmp.Compare(a, b) })
	for _, p := range places {
		d.tokens = append(d.tokens, search.PlaceToken(p))
	}
}

// indexed keeps a document as it is now. It tells whether that changed
// anything, and whether the document was there before.
func (t *tx) indexed(ctx context.Context, d indexed) (changed, was bool, err error) {
	var n, digest int64
	err = t.each(ctx, func(rows *sql.Rows) error { return rows.Scan(&n, &digest) },
		`SELECT n, digest FROM search_docs WHERE post = ? AND comment = ?`, d.post, d.comment)
	if err != nil {
		return false, false, fmt.Errorf("what is indexed of %s %s: %w", d.post, d.comment, err)
	}
	was = digest != 0
	switch {
	case !was && len(d.tokens) == 0, was && digest == d.digest():
		return false, was, nil
	case !was:
		err = t.addDoc(ctx, d)
	case len(d.tokens) == 0:
		err = t.dropDoc(ctx, n)
	default:
		err = t.changeDoc(ctx, n, d)
	}
	if err != nil {
		return false, was, fmt.Errorf("index %s %s: %w", d.post, d.comment, err)
	}
	return true, was, nil
}

// maxMeet bounds how many documents of one millisecond may meet.
const maxMeet = 1000

func (t *tx) addDoc(ctx context.Context, d indexed) error {
	columns, marks, args := `n, post, comment, digest`, `?, ?, ?, ?`, []any{int64(0), d.post, d.comment, d.digest()}
	if !t.store.dialect.wordsApart {
		columns, marks, args = columns+`, tokens`, marks+`, CAST(CAST(? AS TEXT) AS TSVECTOR)`, append(args, strings.Join(d.tokens, " "))
	}
	first := d.number()
	for n := first; n < first+maxMeet; n++ {
		args[0] = n
		added, err := t.exec(ctx, `INSERT INTO search_docs (`+columns+`) VALUES (`+marks+`) ON CONFLICT (n) DO NOTHING`, args...)
		switch {
		case err != nil:
			return err
		case added == 0:
			continue
		case t.store.dialect.wordsApart:
			_, err = t.exec(ctx, `INSERT INTO search_words (rowid, tokens) VALUES (?, ?)`, n, strings.Join(d.tokens, " "))
		}
		return err
	}
	return errors.New("too many documents of one millisecond")
}

func (t *tx) changeDoc(ctx context.Context, n int64, d indexed) error {
	tokens := strings.Join(d.tokens, " ")
	if !t.store.dialect.wordsApart {
		_, err := t.exec(ctx, `UPDATE search_docs SET digest = ?, tokens = CAST(CAST(? AS TEXT) AS TSVECTOR) WHERE n = ?`, d.digest(), tokens, n)
		return err
	}
	if _, err := t.exec(ctx, `UPDATE search_docs SET digest = ? WHERE n = ?`, d.digest(), n); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM search_words WHERE rowid = ?`, n); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO search_words (rowid, tokens) VALUES (?, ?)`, n, tokens)
	return err
}

func (t *tx) dropDoc(ctx context.Context, n int64) error {
	if t.store.dialect.wordsApart {
		if _, err := t.exec(ctx, `DELETE FROM search_words WHERE rowid = ?`, n); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, `DELETE FROM search_docs WHERE n = ?`, n)
	return err
}
