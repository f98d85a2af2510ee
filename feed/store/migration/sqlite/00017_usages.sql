-- +goose Up

-- Ready ways to use the feed, each once at a place.
CREATE TABLE usages (
	territory TEXT NOT NULL,
	usage     TEXT NOT NULL,
	circle    TEXT NOT NULL REFERENCES groups (id),
	welcome   TEXT NOT NULL REFERENCES posts (id),
	lang      TEXT NOT NULL,
	by_member TEXT NOT NULL,
	at        INTEGER NOT NULL,
	ended_at  INTEGER NOT NULL,
	PRIMARY KEY (territory, usage)
) STRICT, WITHOUT ROWID;

-- What the people of a group tick off; body is the list itself.
CREATE TABLE checklists (
	circle TEXT NOT NULL REFERENCES groups (id),
	name   TEXT NOT NULL,
	n      INTEGER NOT NULL,
	body   TEXT NOT NULL,
	PRIMARY KEY (circle, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticks (
	circle TEXT NOT NULL,
	list   TEXT NOT NULL,
	round  INTEGER NOT NULL,
	item   INTEGER NOT NULL,
	member TEXT NOT NULL,
	at     INTEGER NOT NULL,
	PRIMARY KEY (circle, list, round, item),
	FOREIGN KEY (circle, list) REFERENCES checklists (circle, name)
) STRICT, WITHOUT ROWID;

-- How people stand to the charter of a place: which version they were asked to
-- accept, and which they did.
CREATE TABLE acceptances (
	member      TEXT NOT NULL,
	territory   TEXT NOT NULL,
	asked       INTEGER NOT NULL,
	asked_at    INTEGER NOT NULL,
	accepted    INTEGER NOT NULL,
	accepted_at INTEGER NOT NULL,
	PRIMARY KEY (member, territory)
) STRICT, WITHOUT ROWID;
CREATE INDEX acceptances_of ON acceptances (territory, asked);

-- Steps on the way to Fildefer that somebody ticked.
CREATE TABLE launch_marks (
	territory TEXT NOT NULL,
	step      TEXT NOT NULL,
	member    TEXT NOT NULL,
	at        INTEGER NOT NULL,
	PRIMARY KEY (territory, step)
) STRICT, WITHOUT ROWID;

-- How far places were said to be, one after the other.
CREATE TABLE rollout_past (
	territory TEXT NOT NULL,
	at        INTEGER NOT NULL,
	state     TEXT NOT NULL,
	by_member TEXT NOT NULL,
	PRIMARY KEY (territory, at)
) STRICT, WITHOUT ROWID;
INSERT INTO rollout_past (territory, at, state, by_member)
SELECT territory, at, state, by_member
FROM rollouts;

-- +goose Down
DROP TABLE rollout_past;
DROP TABLE launch_marks;
DROP TABLE acceptances;
DROP TABLE ticks;
DROP TABLE checklists;
DROP TABLE usages;
