-- +goose Up

-- What a post of a living rule shows, as JSON where it is a list or a structure.
-- The rule is that of the provenance: figures are counted by it.
ALTER TABLE posts ADD COLUMN action TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN ask TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN members TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN total BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN holding BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN unstable BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE posts ADD COLUMN flips BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN latched BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE posts ADD COLUMN shelf TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN level BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN noise BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN past TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN previous TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN audience TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN shadow_for TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN run TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN rule TEXT NOT NULL DEFAULT '';
-- A JSON text may hold an escaped NUL, which no text of PostgreSQL can.
UPDATE posts SET rule = COALESCE(replace(provenance, '\u0000', '\u0020')::json ->> 'rule', '') WHERE provenance <> '';

-- What was done last time about the same thing.
CREATE INDEX posts_past ON posts (rule, asset, sku, closed_at) WHERE cause <> '';
-- What people answered lately to posts of the same rule.
CREATE INDEX posts_answered ON posts (rule, closed_at) WHERE cause <> '';
-- What was solved in a shift.
CREATE INDEX posts_solved ON posts (closed_at) WHERE cause <> '';
-- What became of each rule lately.
CREATE INDEX posts_opened ON posts (opened_at, rule) WHERE rule <> '';

-- Conditions that are held back, and for a week those that were: released_at is 0
-- while one is. They are few at a time, so a scope is a filter on the territory.
CREATE TABLE held (
	key         TEXT NOT NULL,
	since       BIGINT NOT NULL,
	reason      TEXT NOT NULL,
	by_thread   TEXT NOT NULL,
	audience    TEXT NOT NULL,
	territory   TEXT NOT NULL,
	asset       TEXT NOT NULL,
	sku         TEXT NOT NULL,
	rule        TEXT NOT NULL,
	topic       TEXT NOT NULL,
	severity    TEXT NOT NULL,
	title_fr    TEXT NOT NULL,
	title_en    TEXT NOT NULL,
	data        TEXT NOT NULL,
	until       BIGINT NOT NULL,
	released_at BIGINT NOT NULL,
	PRIMARY KEY (key, since)
);
CREATE INDEX held_now ON held (since) WHERE released_at = 0;
CREATE INDEX held_since ON held (since);
CREATE INDEX held_released ON held (released_at) WHERE released_at > 0;

-- Who said of which post that it is noise.
CREATE TABLE noise (
	post   TEXT NOT NULL REFERENCES posts (id),
	member TEXT NOT NULL,
	rule   TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (post, member)
);
CREATE INDEX noise_at ON noise (at);

-- How far each territory is: as configured, and as somebody decided since.
ALTER TABLE territories ADD COLUMN rollout TEXT NOT NULL DEFAULT '';
CREATE TABLE rollouts (
	territory TEXT PRIMARY KEY,
	state     TEXT NOT NULL,
	by_member TEXT NOT NULL,
	at        BIGINT NOT NULL
);

-- +goose Down
DROP TABLE rollouts;
ALTER TABLE territories DROP COLUMN rollout;
DROP TABLE noise;
DROP TABLE held;
DROP INDEX posts_opened;
DROP INDEX posts_solved;
DROP INDEX posts_answered;
DROP INDEX posts_past;
ALTER TABLE posts DROP COLUMN rule;
ALTER TABLE posts DROP COLUMN sheet;
ALTER TABLE posts DROP COLUMN run;
ALTER TABLE posts DROP COLUMN shadow_for;
ALTER TABLE posts DROP COLUMN audience;
ALTER TABLE posts DROP COLUMN previous;
ALTER TABLE posts DROP COLUMN past;
ALTER TABLE posts DROP COLUMN noise;
ALTER TABLE posts DROP COLUMN level;
ALTER TABLE posts DROP COLUMN asked;
ALTER TABLE posts DROP COLUMN shelf;
ALTER TABLE posts DROP COLUMN latched;
ALTER TABLE posts DROP COLUMN flips;
ALTER TABLE posts DROP COLUMN unstable;
ALTER TABLE posts DROP COLUMN holding;
ALTER TABLE posts DROP COLUMN total;
ALTER TABLE posts DROP COLUMN members;
ALTER TABLE posts DROP COLUMN ask;
ALTER TABLE posts DROP COLUMN action;
