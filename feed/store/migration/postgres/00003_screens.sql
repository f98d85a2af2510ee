-- +goose Up

-- Tablets, phones and displays that an administrator paired with a place. A
-- device has a code until somebody types it in, then a token; only hashes.
CREATE TABLE devices (
	id           TEXT PRIMARY KEY,
	name         TEXT NOT NULL,
	place        TEXT NOT NULL,
	kind         TEXT NOT NULL,
	token        TEXT NOT NULL,
	code         TEXT NOT NULL,
	code_expires BIGINT NOT NULL,
	paired_at    BIGINT NOT NULL,
	seen_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX devices_token ON devices (token) WHERE token <> '';
CREATE UNIQUE INDEX devices_code ON devices (code) WHERE code <> '';

ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX sessions_device ON sessions (device) WHERE device <> '';

-- The hash of what a member's badge says.
ALTER TABLE members ADD COLUMN badge TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX members_badge ON members (badge) WHERE badge <> '';

-- With a seal a browser closes what a member wrote and has not sent yet, so
-- that whoever holds the device next can carry it and not read it.
CREATE TABLE seals (
	id     TEXT PRIMARY KEY,
	member TEXT NOT NULL UNIQUE,
	key    BYTEA NOT NULL
);

-- When somebody wrote it down, where that is not when it arrived; 0 elsewhere.
ALTER TABLE posts ADD COLUMN typed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN typed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN typed_at BIGINT NOT NULL DEFAULT 0;

-- What lists tell of photos, as JSON; the pictures are in photos.
ALTER TABLE posts ADD COLUMN photos TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN photos TEXT NOT NULL DEFAULT '';
CREATE TABLE photos (
	id      TEXT PRIMARY KEY,
	post    TEXT NOT NULL REFERENCES posts (id),
	comment TEXT NOT NULL,
	width   BIGINT NOT NULL,
	height  BIGINT NOT NULL,
	large   BYTEA NOT NULL,
	small   BYTEA NOT NULL,
	at      BIGINT NOT NULL
);
CREATE INDEX photos_post ON photos (post);

-- How far a stock-out is: back room checked, ordered; as JSON.
ALTER TABLE posts ADD COLUMN steps TEXT NOT NULL DEFAULT '';

-- What else the ERP says of an article, and what was sold of it each day.
ALTER TABLE articles ADD COLUMN aisle TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN back_room DOUBLE PRECISION;
ALTER TABLE articles ADD COLUMN price DOUBLE PRECISION;
ALTER TABLE articles ADD COLUMN delivery_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN delivery DOUBLE PRECISION;
ALTER TABLE articles ADD COLUMN source TEXT NOT NULL DEFAULT '';
CREATE TABLE sold (
	store  TEXT NOT NULL,
	sku    TEXT NOT NULL,
	day    TEXT NOT NULL,
	pieces DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (store, sku, day)
);

-- What people answered lately on a topic is offered to who reports.
CREATE INDEX posts_topic ON posts (topic, closed_at) WHERE cause <> '';

-- Who asked the role that a post waits for.
ALTER TABLE posts ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';

-- The pulse of a place is what was done and said there lately.
CREATE INDEX entries_at ON entries (at);
CREATE INDEX comments_at ON comments (at);

-- +goose Down
DROP INDEX comments_at;
DROP INDEX entries_at;
DROP INDEX posts_topic;
ALTER TABLE posts DROP COLUMN asked_by;
DROP TABLE sold;
ALTER TABLE articles DROP COLUMN source;
ALTER TABLE articles DROP COLUMN delivery;
ALTER TABLE articles DROP COLUMN delivery_at;
ALTER TABLE articles DROP COLUMN price;
ALTER TABLE articles DROP COLUMN back_room;
ALTER TABLE articles DROP COLUMN aisle;
ALTER TABLE posts DROP COLUMN steps;
DROP TABLE photos;
ALTER TABLE comments DROP COLUMN photos;
ALTER TABLE posts DROP COLUMN photos;
ALTER TABLE entries DROP COLUMN typed_at;
ALTER TABLE comments DROP COLUMN typed_at;
ALTER TABLE posts DROP COLUMN typed_at;
DROP TABLE seals;
DROP INDEX members_badge;
ALTER TABLE members DROP COLUMN badge;
DROP INDEX sessions_device;
ALTER TABLE sessions DROP COLUMN device;
DROP TABLE devices;
