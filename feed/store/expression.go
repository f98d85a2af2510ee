package store

import (
	"strings"

	"github.com/fildefer/fildefer/feed/search"
)

// sqliteSearch walks the lists of FTS5 from the newest document on. Its numbers
// are cast, or SQLite would compile it anew for each; see indexRange.
const sqliteSearch = `
	SELECT d.n, d.post, d.comment
	FROM search_words
	CROSS JOIN search_docs d ON d.n = search_words.rowid
	WHERE search_words MATCH ? AND search_words.rowid >= CAST(? AS INTEGER) AND search_words.rowid < CAST(? AS INTEGER)
	ORDER BY search_words.rowid DESC
	LIMIT CAST(? AS INTEGER)`

// sqliteWalk goes through documents from the newest on and tells which have a
// word that begins so. Of those whose words are not kept yet nobody knows: they
// are read.
const sqliteWalk = `
	SELECT d.n, d.post, d.comment, d.tokens = '' OR instr(d.tokens, ?) > 0 OR instr(d.tokens, ?) > 0
	FROM search_words
	CROSS JOIN search_docs d ON d.n = search_words.rowid
	WHERE search_words MATCH ? AND search_words.rowid >= CAST(? AS INTEGER) AND search_words.rowid < CAST(? AS INTEGER)
	ORDER BY search_words.rowid DESC
	LIMIT CAST(? AS INTEGER)`

// postgresWalk goes from the newest document on through so many and no more.
// Words that are in many of them have filled a page by then, and those that
// have not are in few: their list in the index is short. The question is read
// once, by a SELECT of its own, not for each of them.
const postgresWalk = `
	SELECT n, post, comment
	FROM (
		SELECT n, post, comment, tokens
		FROM search_docs
		WHERE n >= ? AND n < ?
		ORDER BY n DESC
		LIMIT ?) newest
	WHERE tokens @@ (SELECT CAST(CAST(? AS TEXT) AS TSQUERY))
	ORDER BY n DESC
	LIMIT ?`

// postgresSearch sorts what the lists of the index hold of one question and what
// answers the other too, which the index is not asked. The sums keep the planner
// from walking through all documents instead, or from listing all that lie
// between two numbers, which it thinks short before it knows the numbers.
const postgresSearch = `
	SELECT n, post, comment
	FROM search_docs
	WHERE tokens @@ CAST(CAST(? AS TEXT) AS TSQUERY)
	AND (tokens @@ CAST(CAST(? AS TEXT) AS TSQUERY)) IS TRUE
	AND n + 0 >= ? AND n + 0 < ?
	ORDER BY n + 0 DESC
	LIMIT ?`

// postgresGuess tells about how many documents answer, by what PostgreSQL knows
// of their words since it last looked at them.
const postgresGuess = `EXPLAIN (FORMAT JSON) SELECT 1 FROM search_docs WHERE tokens @@ CAST(CAST(? AS TEXT) AS TSQUERY)`

// fts5Expression says an expression to FTS5.
func fts5Expression(e search.Expression) string {
	return expressed(e, ` AND `, ` OR `, func(c search.Choice) string {
		if c.Begun {
			return `"` + c.Token + `"*`
		}
		return `"` + c.Token + `"`
	}, func(all, not string) string { return `(` + all + `) NOT (` + not + `)` })
}

// tsquery says an expression to PostgreSQL.
func tsquery(e search.Expression) string {
	return expressed(e, ` & `, ` | `, func(c search.Choice) string {
		if c.Begun {
			return `'` + c.Token + `':*`
		}
		return `'` + c.Token + `'`
	}, func(all, not string) string { return all + ` & !(` + not + `)` })
}

func expressed(e search.Expression, and, or string, one func(search.Choice) string, but func(all, not string) string) string {
	var groups []string
	for _, group := range e.All {
		var choices []string
		for _, c := range group {
			choices = append(choices, one(c))
		}
		groups = append(groups, `(`+strings.Join(choices, or)+`)`)
	}
	all := strings.Join(groups, and)
	var not []string
	for _, t := range e.Not {
		not = append(not, one(search.Choice{Token: t}))
	}
	if len(not) == 0 {
		return all
	}
	return but(all, strings.Join(not, or))
}
