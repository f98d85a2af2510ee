-- +goose Up

-- Since when nobody has done anything at a place, and when those who look after
-- it were told; 0: they were not. How far people's doings were heard is a counter.
CREATE TABLE silences (
	territory TEXT PRIMARY KEY,
	since     INTEGER NOT NULL,
	told_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('heard', 0);

-- Who is asked to be an ambassador of a place, by whom, and when they said no;
-- 0: they have not answered. Who said yes has the role.
CREATE TABLE ambassador_calls (
	territory   TEXT NOT NULL,
	member      TEXT NOT NULL REFERENCES members (id),
	by_member   TEXT NOT NULL,
	at          INTEGER NOT NULL,
	declined_at INTEGER NOT NULL,
	PRIMARY KEY (territory, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX ambassador_calls_of ON ambassador_calls (member);

-- Where each member has arrived: the next to come is new there.
CREATE TABLE arrivals (
	member    TEXT NOT NULL REFERENCES members (id),
	territory TEXT NOT NULL,
	PRIMARY KEY (member, territory)
) STRICT, WITHOUT ROWID;
INSERT INTO arrivals (member, territory) SELECT DISTINCT member, territory FROM grants;

-- Who answered lately; most entries are machines'.
CREATE INDEX entries_people ON entries (at, post, author, kind) WHERE author_kind = 'person';

-- +goose Down
DROP INDEX entries_people;
DROP TABLE arrivals;
DROP TABLE ambassador_calls;
DELETE FROM counters WHERE name = 'heard';
DROP TABLE silences;
