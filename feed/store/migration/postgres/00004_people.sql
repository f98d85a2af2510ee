-- +goose Up

-- What people put into a post, as JSON: machines put nothing.
ALTER TABLE posts ADD COLUMN talk TEXT NOT NULL DEFAULT '';

ALTER TABLE comments ADD COLUMN mentions TEXT NOT NULL DEFAULT '';
ALTER TABLE comments ADD COLUMN edited_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN deleted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN hidden TEXT NOT NULL DEFAULT '';

-- What each member does, as a JSON list of words.
ALTER TABLE members ADD COLUMN functions TEXT NOT NULL DEFAULT '';

-- Who is at work, for as long as that holds.
CREATE TABLE presence (
	member TEXT PRIMARY KEY REFERENCES members (id),
	place  TEXT NOT NULL,
	until  BIGINT NOT NULL
);
CREATE INDEX presence_until ON presence (until);

CREATE TABLE absences (
	member   TEXT NOT NULL REFERENCES members (id),
	begins   BIGINT NOT NULL,
	ends     BIGINT NOT NULL,
	delegate TEXT NOT NULL,
	PRIMARY KEY (member, begins)
);

-- What each member is told: one row for each member and key.
CREATE TABLE notifications (
	n        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	member   TEXT NOT NULL REFERENCES members (id),
	key      TEXT NOT NULL,
	why      TEXT NOT NULL,
	post     TEXT NOT NULL,
	page     TEXT NOT NULL,
	title_fr TEXT NOT NULL,
	title_en TEXT NOT NULL,
	data     TEXT NOT NULL,
	urgent   BOOLEAN NOT NULL,
	at       BIGINT NOT NULL,
	read_at  BIGINT NOT NULL,
	UNIQUE (member, key)
);
CREATE INDEX notifications_of ON notifications (member, at);
CREATE INDEX notifications_key ON notifications (key);

-- Who did what to whom or what.
CREATE TABLE audit (
	n         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at        BIGINT NOT NULL,
	actor     TEXT NOT NULL,
	action    TEXT NOT NULL,
	subject   TEXT NOT NULL,
	territory TEXT NOT NULL,
	object    TEXT NOT NULL,
	detail    TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, n) WHERE subject <> '';

-- +goose Down
DROP TABLE audit;
DROP TABLE notifications;
DROP TABLE absences;
DROP TABLE presence;
ALTER TABLE members DROP COLUMN functions;
ALTER TABLE comments DROP COLUMN hidden;
ALTER TABLE comments DROP COLUMN deleted_at;
ALTER TABLE comments DROP COLUMN edited_at;
ALTER TABLE comments DROP COLUMN mentions;
ALTER TABLE posts DROP COLUMN talk;
