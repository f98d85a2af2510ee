package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// changeNow is the number of the last change, as a column.
const changeNow = `(SELECT value FROM counters WHERE name = 'change')`

// Feed returns a page of the feed: the posts in scope that are for the audience
// of the query, without their provenance, newest bump first. The number of the
// last change is read with the posts, or before them where there are none: one
// that comes in between is seen twice rather than never.
func (s *Store) Feed(ctx context.Context, scope feed.Scope, q feed.Query) (feed.Page, error) {
	ranges, err := plan(scope, q)
	if err != nil {
		return feed.Page{}, err
	}
	limit := pageSize(q.Limit)
	page, err := s.firstOf(ctx, ranges, limit+1) // the one too many tells of a next page
	if err != nil {
		return feed.Page{}, fmt.Errorf("feed of %v: %w", scope.Roots, err)
	}
	if len(page.Posts) > limit {
		page.Posts = page.Posts[:limit]
		page.Next = cursorAfter(page.Posts[limit-1])
	}
	if err := s.reader().draw(ctx, page.Posts); err != nil {
		return feed.Page{}, fmt.Errorf("curves of the feed of %v: %w", scope.Roots, err)
	}
	return page, nil
}

// firstOf reads the first posts of ranges, with the number of the last change.
func (s *Store) firstOf(ctx context.Context, ranges []indexRange, limit int) (page feed.Page, err error) {
	for range 2 {
		if len(ranges) > 0 {
			rest, args := pageOf(ranges, limit)
			page.Posts, err = s.reader().posts(ctx, listColumns+`, `+changeNow, func(p *feed.Post) []any {
				return append(listFields(p), &page.Change)
			}, rest, args...)
		}
		if err != nil || len(page.Posts) > 0 || page.Change > 0 {
			return page, err
		}
		if page.Change, err = s.LastChange(ctx); err != nil {
			return page, err
		}
	}
	return page, nil
}

// indexRange is one range of post_feed, with a filter on the posts in it. Its
// parameters are cast: SQLite looks at a bare one to estimate how much it
// selects, and so plans the query anew each time that it changes, which takes
// longer than to run it.
type indexRange struct {
	where string
	args  []any
}

// plan lists the ranges that hold the answer: for each root its open posts, its
// ended ones, or both.
func plan(scope feed.Scope, q feed.Query) ([]indexRange, error) {
	open, state := []bool{true, false}, ""
	switch q.State {
	case "":
	case feed.AnyOpen:
		open = []bool{true}
	case feed.AnyEnded:
		open = []bool{false}
	default:
		open, state = []bool{feed.State(q.State).Open()}, q.State
	}
	var filter string
	var filterArgs []any
	for _, f := range []struct{ column, value string }{{"kind", string(q.Kind)}, {"topic", string(q.Topic)}, {"state", state}} {
		if f.value != "" {
			filter += ` AND f.` + f.column + ` = CAST(? AS TEXT)`
			filterArgs = append(filterArgs, f.value)
		}
	}
	if q.Tag != "" {
		filter += ` AND t.tag = CAST(? AS TEXT)`
		filterArgs = append(filterArgs, q.Tag)
	}
	if q.FollowedBy != "" {
		filter += followedBy
		filterArgs = append(filterArgs, q.FollowedBy)
	}
	if q.Cursor != "" {
		bumped, id, err := parseCursor(q.Cursor)
		if err != nil {
			return nil, err
		}
		filter += ` AND (i.bumped_at, i.post) < (CAST(? AS BIGINT), CAST(? AS TEXT))`
		filterArgs = append(filterArgs, bumped, id)
	}
	var ranges []indexRange
	for _, root := range roots(scope, q) {
		for _, o := range open {
			where := `i.territory = CAST(? AS TEXT) AND i.open = ` + strconv.FormatBool(o) + filter
			ranges = append(ranges, indexRange{where, append([]any{root}, filterArgs...)})
		}
	}
	return ranges, nil
}

// pageOf reads the first rows of each range and merges them: whatever the size
// of the feed, the work is that of a page. The limit is no parameter, for the
// reason that an indexRange casts its own.
func pageOf(ranges []indexRange, limit int) (rest string, args []any) {
	rows := strconv.Itoa(limit)
	var arms []string
	for _, r := range ranges {
		join, from := ``, `post_index i`
		if strings.Contains(r.where, `t.tag`) { // few posts have a tag: it is where to begin
			from = `post_tags t CROSS JOIN post_index i`
			r.where = `i.post = t.post AND ` + r.where
		}
		if strings.Contains(r.where, `f.`) {
			join = `JOIN posts f ON f.id = i.post`
		}
		arms = append(arms, `
			SELECT * FROM (
				SELECT i.post, i.bumped_at AS bumped
				FROM `+from+` `+join+`
				WHERE `+r.where+`
				ORDER BY i.bumped_at DESC, i.post DESC
				LIMIT `+rows+`) a`)
		args = append(args, r.args...)
	}
	once := ``
	if slices.ContainsFunc(ranges, func(r indexRange) bool { return r.args[0] != ranges[0].args[0] }) {
		once = `DISTINCT ` // a post may be put to several roots
	}
	return `
		JOIN (
			SELECT ` + once + `post, bumped
			FROM (` + strings.Join(arms, ` UNION ALL `) + `) u
			ORDER BY bumped DESC, post DESC
			LIMIT ` + rows + `) r ON r.post = p.id
		ORDER BY r.bumped DESC, r.post DESC`, args
}

// outermost drops the roots that lie in another: a post would come twice.
func outermost(roots []feed.Path) []feed.Path {
	var out []feed.Path
	for i, r := range roots {
		covered := func(o feed.Path) bool { return o != r && r.Within(o) }
		if !slices.ContainsFunc(roots, covered) && !slices.Contains(roots[:i], r) {
			out = append(out, r)
		}
	}
	return out
}

func pageSize(limit int) int {
	if limit <= 0 {
		return feed.DefaultPage
	}
	return min(limit, feed.MaxPage)
}

func cursorAfter(p *feed.Post) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%s", millis(p.BumpedAt), p.ID))
}

func parseCursor(cursor string) (bumped int64, id string, err error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		ms, rest, _ := strings.Cut(string(b), ".")
		id = rest
		bumped, err = strconv.ParseInt(ms, 10, 64)
	}
	if err != nil {
		e := feed.Refuse(feed.Invalid, "Le curseur de page n’est pas valable.", "The page cursor is not valid.")
		e.Err = err
		return 0, "", e
	}
	return bumped, id, nil
}
