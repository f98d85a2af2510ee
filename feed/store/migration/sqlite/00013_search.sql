-- +goose Up

-- What is searched: posts, comment is empty, and comments. n orders them by when
-- they were written: Unix ms, then twenty bits that tell those of the same
-- millisecond apart. The digest says whether the words changed.
CREATE TABLE search_docs (
	n       INTEGER PRIMARY KEY,
	post    TEXT NOT NULL REFERENCES posts (id),
	comment TEXT NOT NULL,
	digest  INTEGER NOT NULL,
	UNIQUE (post, comment)
) STRICT;

-- Their tokens, as feed/search makes them; the words themselves stay where they
-- are.
CREATE VIRTUAL TABLE search_words USING fts5 (
	tokens, content='', contentless_delete=1, detail=none, prefix='3', tokenize="ascii tokenchars '_'"
);

-- How far what was there before is indexed: the last post that is; done when
-- nothing is left.
CREATE TABLE search_fill (
	one     INTEGER PRIMARY KEY,
	reached TEXT NOT NULL,
	done    INTEGER NOT NULL
) STRICT;
INSERT INTO search_fill (one, reached, done) VALUES (1, '', 0);

-- +goose Down
DROP TABLE search_fill;
DROP TABLE search_words;
DROP TABLE search_docs;
