-- +goose Up

-- The search follows the changes of posts behind their commits: the last change
-- that it has indexed.
DROP TABLE search_fill;
CREATE TABLE search_reached (
	one    INTEGER PRIMARY KEY,
	change INTEGER NOT NULL
) STRICT;
INSERT INTO search_reached (one, change) VALUES (1, 0);

-- The words without those that only begin alike, which cost whoever wrote as
-- much again. All is indexed anew, from the first change on.
DROP TABLE search_words;
DELETE FROM search_docs;
CREATE VIRTUAL TABLE search_words USING fts5 (
	tokens, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'"
);

-- Which words there are, for those of whom only the beginning is known.
CREATE TABLE search_terms (
	term TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE search_terms;
DROP TABLE search_words;
DELETE FROM search_docs;
CREATE VIRTUAL TABLE search_words USING fts5 (
	tokens, content='', contentless_delete=1, detail=none, prefix='3', tokenize="ascii tokenchars '_'"
);
DROP TABLE search_reached;
CREATE TABLE search_fill (
	one     INTEGER PRIMARY KEY,
	reached TEXT NOT NULL,
	done    INTEGER NOT NULL
) STRICT;
INSERT INTO search_fill (one, reached, done) VALUES (1, '', 0);
