-- +goose Up

-- What is searched: posts, comment is empty, and comments. n orders them by when
-- they were written: Unix ms, then twenty bits that tell those of the same
-- millisecond apart. The digest says whether the words changed; the tokens are
-- as feed/search makes them, the words themselves stay where they are.
CREATE TABLE search_docs (
	n       BIGINT PRIMARY KEY,
	post    TEXT NOT NULL REFERENCES posts (id),
	comment TEXT NOT NULL,
	digest  BIGINT NOT NULL,
	tokens  TSVECTOR NOT NULL,
	UNIQUE (post, comment)
);
CREATE INDEX search_words ON search_docs USING GIN (tokens);
ALTER TABLE search_docs ALTER COLUMN tokens SET STATISTICS 1000;

-- How far what was there before is indexed: the last post that is; done when
-- nothing is left.
CREATE TABLE search_fill (
	one     BIGINT PRIMARY KEY,
	reached TEXT NOT NULL,
	done    BOOLEAN NOT NULL
);
INSERT INTO search_fill (one, reached, done) VALUES (1, '', FALSE);

-- +goose Down
DROP TABLE search_fill;
DROP TABLE search_docs;
