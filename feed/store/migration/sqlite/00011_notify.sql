-- +goose Up

-- Where a member reads mail; empty: nowhere.
ALTER TABLE members ADD COLUMN email TEXT NOT NULL DEFAULT '';

-- How often a notification said something else.
ALTER TABLE notifications ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- What each member wants to be told how, as JSON; without a row the defaults.
CREATE TABLE notice_rules (
	member TEXT PRIMARY KEY REFERENCES members (id),
	wishes TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What has to leave: a notification by mail, or an entry of a post's timeline
-- to a webhook. What has left is deleted.
CREATE TABLE dispatches (
	n        INTEGER PRIMARY KEY AUTOINCREMENT,
	channel  TEXT NOT NULL, -- 'mail', or 'hook:' and its name
	subject  TEXT NOT NULL, -- id of the notification, number of the entry
	revision INTEGER NOT NULL,
	member   TEXT NOT NULL,
	at       INTEGER NOT NULL,
	digest   INTEGER NOT NULL, -- when the digest that it goes with leaves; 0: it goes alone
	due      INTEGER NOT NULL, -- next try
	leased   INTEGER NOT NULL, -- until then somebody sees to it
	tries    INTEGER NOT NULL,
	dead_at  INTEGER NOT NULL, -- given up; 0: not
	fault    TEXT NOT NULL,
	UNIQUE (channel, subject)
) STRICT;
CREATE INDEX dispatches_due ON dispatches (channel, due, n) WHERE dead_at = 0;
CREATE INDEX dispatches_digest ON dispatches (member, digest) WHERE digest > 0;

-- How far each webhook was told of the timeline.
CREATE TABLE hooks (
	name    TEXT PRIMARY KEY,
	reached INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE hooks;
DROP TABLE dispatches;
DROP TABLE notice_rules;
ALTER TABLE notifications DROP COLUMN revision;
ALTER TABLE members DROP COLUMN email;
