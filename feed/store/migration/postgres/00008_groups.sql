-- +goose Up

-- Groups as people made them. What is said in one stands at '@' and its id.
CREATE TABLE groups (
	id          TEXT PRIMARY KEY,
	name        TEXT NOT NULL,
	purpose     TEXT NOT NULL,
	kind        TEXT NOT NULL,
	joining     TEXT NOT NULL,
	hidden      BOOLEAN NOT NULL,
	home        TEXT NOT NULL,
	pinned      TEXT NOT NULL,
	made_at     BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);

CREATE TABLE group_members (
	circle TEXT NOT NULL REFERENCES groups (id),
	member TEXT NOT NULL REFERENCES members (id),
	role   TEXT NOT NULL,
	since  BIGINT NOT NULL,
	PRIMARY KEY (circle, member)
);
CREATE INDEX group_members_of ON group_members (member);

-- Who asks to come in, and who is invited.
CREATE TABLE group_calls (
	circle  TEXT NOT NULL REFERENCES groups (id),
	member  TEXT NOT NULL REFERENCES members (id),
	invited BOOLEAN NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (circle, member)
);

-- When a publication ends by itself, and when its readers were last reminded.
CREATE TABLE expiries (
	post     TEXT PRIMARY KEY REFERENCES posts (id),
	at       BIGINT NOT NULL,
	reminded BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX expiries_at ON expiries (at) WHERE at > 0;

-- Who said that they read and understood a notice, and which wording of it;
-- when, nobody keeps.
CREATE TABLE readings (
	post    TEXT NOT NULL REFERENCES posts (id),
	member  TEXT NOT NULL,
	wording TEXT NOT NULL,
	PRIMARY KEY (post, member)
);

CREATE TABLE votes (
	post   TEXT NOT NULL REFERENCES posts (id),
	member TEXT NOT NULL,
	choice BIGINT NOT NULL,
	PRIMARY KEY (post, member)
);

-- +goose Down
DROP TABLE votes;
DROP TABLE readings;
DROP TABLE expiries;
DROP TABLE group_calls;
DROP TABLE group_members;
DROP TABLE groups;
