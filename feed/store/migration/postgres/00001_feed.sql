-- +goose Up

-- Each counter is one row: the last change number, the last epoch, the version
-- of the territory tree.
CREATE TABLE counters (
	name  TEXT PRIMARY KEY,
	value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('change', 0), ('epoch', 0), ('tree', 0);

CREATE TABLE territories (
	path   TEXT PRIMARY KEY,
	name   TEXT NOT NULL,
	kind   TEXT NOT NULL,
	target DOUBLE PRECISION NOT NULL
);

CREATE TABLE posts (
	id             TEXT PRIMARY KEY,
	kind           TEXT NOT NULL,
	topic          TEXT NOT NULL,
	state          TEXT NOT NULL,
	open           BOOLEAN NOT NULL,
	severity       TEXT NOT NULL,
	territory      TEXT NOT NULL,
	asset          TEXT NOT NULL,
	store          TEXT NOT NULL,
	sku            TEXT NOT NULL,
	key            TEXT NOT NULL,
	author_kind    TEXT NOT NULL,
	author_name    TEXT NOT NULL,
	author         TEXT NOT NULL,
	text           TEXT NOT NULL,
	title_fr       TEXT NOT NULL,
	title_en       TEXT NOT NULL,
	data           TEXT NOT NULL,
	signal         TEXT NOT NULL,
	value          DOUBLE PRECISION,
	unit           TEXT NOT NULL,
	bound          DOUBLE PRECISION,
	active         BOOLEAN NOT NULL,
	stale          BOOLEAN NOT NULL,
	back_to_normal BOOLEAN NOT NULL,
	occurrences    BIGINT NOT NULL,
	me_too         BIGINT NOT NULL,
	taker_kind     TEXT NOT NULL,
	taker_name     TEXT NOT NULL,
	taker          TEXT NOT NULL,
	taken_at       BIGINT NOT NULL,
	cause          TEXT NOT NULL,
	comments       BIGINT NOT NULL,
	last_comment   TEXT NOT NULL,
	useful         BIGINT NOT NULL,
	likes          BIGINT NOT NULL,
	recommends     BIGINT NOT NULL,
	provenance     TEXT NOT NULL,
	series         BYTEA,
	opened_at      BIGINT NOT NULL,
	since          BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	bumped_at      BIGINT NOT NULL,
	closed_at      BIGINT NOT NULL,
	heard_at       BIGINT NOT NULL
);
CREATE INDEX posts_key ON posts (key, opened_at, open) WHERE key <> '';
CREATE INDEX posts_article ON posts (store, sku, topic) WHERE open AND sku <> '';
CREATE INDEX posts_asset ON posts (asset) WHERE open;

-- A post stands once under its territory and under each ancestor, '' included:
-- the feed of any place is one range of post_feed.
CREATE TABLE post_index (
	post      TEXT NOT NULL REFERENCES posts (id),
	territory TEXT NOT NULL,
	open      BOOLEAN NOT NULL,
	bumped_at BIGINT NOT NULL,
	PRIMARY KEY (post, territory)
);
CREATE INDEX post_feed ON post_index (territory, open, bumped_at, post);

-- The number of the last change of each post.
CREATE TABLE changes (
	post TEXT PRIMARY KEY REFERENCES posts (id),
	seq  BIGINT NOT NULL UNIQUE
);

CREATE TABLE entries (
	n           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	post        TEXT NOT NULL REFERENCES posts (id),
	kind        TEXT NOT NULL,
	at          BIGINT NOT NULL,
	author_kind TEXT NOT NULL,
	author_name TEXT NOT NULL,
	author      TEXT NOT NULL,
	text        TEXT NOT NULL,
	value       DOUBLE PRECISION,
	effect      TEXT UNIQUE
);
CREATE INDEX entries_post ON entries (post, n);

CREATE TABLE comments (
	id          TEXT PRIMARY KEY,
	post        TEXT NOT NULL REFERENCES posts (id),
	parent      TEXT NOT NULL,
	author_kind TEXT NOT NULL,
	author_name TEXT NOT NULL,
	author      TEXT NOT NULL,
	text        TEXT NOT NULL,
	at          BIGINT NOT NULL
);
CREATE INDEX comments_post ON comments (post, at, id);

-- What came of each request that a member sent under an idempotency key.
CREATE TABLE requests (
	member  TEXT NOT NULL,
	key     TEXT NOT NULL,
	digest  TEXT NOT NULL,
	post    TEXT NOT NULL REFERENCES posts (id),
	comment TEXT NOT NULL,
	joined  BOOLEAN NOT NULL,
	PRIMARY KEY (member, key)
);

CREATE TABLE reactions (
	post     TEXT NOT NULL REFERENCES posts (id),
	member   TEXT NOT NULL,
	reaction TEXT NOT NULL,
	PRIMARY KEY (post, member, reaction)
);

CREATE TABLE me_too (
	post   TEXT NOT NULL REFERENCES posts (id),
	member TEXT NOT NULL,
	PRIMARY KEY (post, member)
);

CREATE TABLE traces (
	asset  TEXT NOT NULL,
	signal TEXT NOT NULL,
	unit   TEXT NOT NULL,
	text   TEXT NOT NULL,
	points BYTEA,
	at     BIGINT NOT NULL,
	PRIMARY KEY (asset, signal)
);

-- What the ERP last said of each article.
CREATE TABLE articles (
	store   TEXT NOT NULL,
	sku     TEXT NOT NULL,
	label   TEXT NOT NULL,
	on_hand DOUBLE PRECISION,
	at      BIGINT NOT NULL,
	PRIMARY KEY (store, sku)
);

CREATE TABLE outbox (
	n       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE,
	kind    TEXT NOT NULL,
	payload BYTEA NOT NULL,
	at      BIGINT NOT NULL
);

-- How far each shard of the stream was read, and by which claim it is held.
CREATE TABLE shards (
	shard  BIGINT PRIMARY KEY,
	seq    BIGINT NOT NULL,
	stream TEXT NOT NULL,
	epoch  BIGINT NOT NULL
);

CREATE TABLE rule_states (
	shard BIGINT NOT NULL,
	key   TEXT NOT NULL,
	state BYTEA NOT NULL,
	PRIMARY KEY (shard, key)
);

-- Notices that had their effect, for as long as they may come again.
CREATE TABLE effects (
	id TEXT PRIMARY KEY,
	at BIGINT NOT NULL
);
CREATE INDEX effects_at ON effects (at);

CREATE TABLE members (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL,
	lang    TEXT NOT NULL,
	pin     TEXT NOT NULL,
	revoked BOOLEAN NOT NULL
);

CREATE TABLE grants (
	member    TEXT NOT NULL REFERENCES members (id),
	territory TEXT NOT NULL,
	role      TEXT NOT NULL,
	PRIMARY KEY (member, territory, role)
);

-- Wrong sign-ins by the name that was given, whether or not a member has it.
CREATE TABLE tries (
	name         TEXT PRIMARY KEY,
	count        BIGINT NOT NULL,
	at           BIGINT NOT NULL,
	locked_until BIGINT NOT NULL
);

CREATE TABLE sessions (
	token   TEXT PRIMARY KEY,
	member  TEXT NOT NULL REFERENCES members (id),
	expires BIGINT NOT NULL
);
CREATE INDEX sessions_member ON sessions (member);

-- +goose Down
DROP TABLE sessions;
DROP TABLE tries;
DROP TABLE grants;
DROP TABLE members;
DROP TABLE effects;
DROP TABLE rule_states;
DROP TABLE shards;
DROP TABLE outbox;
DROP TABLE traces;
DROP TABLE me_too;
DROP TABLE reactions;
DROP TABLE requests;
DROP TABLE comments;
DROP TABLE entries;
DROP TABLE changes;
DROP TABLE post_index;
DROP TABLE posts;
DROP TABLE territories;
DROP TABLE counters;
