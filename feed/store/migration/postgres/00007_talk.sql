-- +goose Up

-- The posts that a tag stands in, there or in what is said of them.
CREATE TABLE post_tags (
	tag  TEXT NOT NULL,
	post TEXT NOT NULL REFERENCES posts (id),
	PRIMARY KEY (tag, post)
);
CREATE INDEX post_tags_post ON post_tags (post);

-- What was said before it was changed or taken back; comment is empty for the
-- post's own words.
CREATE TABLE versions (
	n       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	post    TEXT NOT NULL REFERENCES posts (id),
	comment TEXT NOT NULL,
	text    TEXT NOT NULL,
	at      BIGINT NOT NULL
);
CREATE INDEX versions_of ON versions (post, comment, n);

-- Who finds something unfit, until somebody saw to it.
CREATE TABLE flags (
	post    TEXT NOT NULL REFERENCES posts (id),
	comment TEXT NOT NULL,
	member  TEXT NOT NULL,
	reason  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (post, comment, member)
);

-- Links of guests, each to one post, by the hash of their tokens.
CREATE TABLE guests (
	id          TEXT PRIMARY KEY,
	post        TEXT NOT NULL REFERENCES posts (id),
	name        TEXT NOT NULL,
	token       TEXT NOT NULL UNIQUE,
	author_name TEXT NOT NULL,
	author      TEXT NOT NULL,
	at          BIGINT NOT NULL,
	until       BIGINT NOT NULL,
	ended       BIGINT NOT NULL
);
CREATE INDEX guests_post ON guests (post, at);

-- +goose Down
DROP TABLE guests;
DROP TABLE flags;
DROP TABLE versions;
DROP TABLE post_tags;
