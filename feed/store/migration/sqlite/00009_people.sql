-- +goose Up

-- What members let the directory tell. Without a row: name and function.
CREATE TABLE profiles (
	member   TEXT PRIMARY KEY REFERENCES members (id),
	listed   INTEGER NOT NULL,
	open     INTEGER NOT NULL,
	consents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The catalogue of skills: one name for all its spellings.
CREATE TABLE skills (
	key  TEXT PRIMARY KEY,
	name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE member_skills (
	member    TEXT NOT NULL REFERENCES members (id),
	skill     TEXT NOT NULL REFERENCES skills (key),
	level     INTEGER NOT NULL,
	validator TEXT NOT NULL,
	expires   INTEGER NOT NULL,
	PRIMARY KEY (member, skill)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_skills_skill ON member_skills (skill, level);

-- Appetences: what members would like to do or learn.
CREATE TABLE wishes (
	member TEXT NOT NULL REFERENCES members (id),
	skill  TEXT NOT NULL REFERENCES skills (key),
	PRIMARY KEY (member, skill)
) STRICT, WITHOUT ROWID;
CREATE INDEX wishes_skill ON wishes (skill);

-- What those who consented solved, for suggestions to them alone.
CREATE TABLE hints (
	member TEXT NOT NULL REFERENCES members (id),
	skill  TEXT NOT NULL,
	post   TEXT NOT NULL REFERENCES posts (id),
	name   TEXT NOT NULL,
	PRIMARY KEY (member, skill, post)
) STRICT, WITHOUT ROWID;
CREATE TABLE refused_hints (
	member TEXT NOT NULL REFERENCES members (id),
	skill  TEXT NOT NULL,
	PRIMARY KEY (member, skill)
) STRICT, WITHOUT ROWID;

-- Who opened a post. No time: it is counted, not followed.
CREATE TABLE seen (
	post   TEXT NOT NULL REFERENCES posts (id),
	member TEXT NOT NULL REFERENCES members (id),
	PRIMARY KEY (post, member)
) STRICT, WITHOUT ROWID;

-- Calls for a hand that go further when nobody comes, and whom they asked.
CREATE TABLE help_calls (
	post     TEXT PRIMARY KEY REFERENCES posts (id),
	widen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX help_calls_widen ON help_calls (widen_at);
CREATE TABLE help_asked (
	post   TEXT NOT NULL REFERENCES posts (id),
	member TEXT NOT NULL REFERENCES members (id),
	PRIMARY KEY (post, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX help_asked_member ON help_asked (member);

-- Who is of a population is found by place, never by reading all members.
CREATE INDEX grants_territory ON grants (territory, member);
CREATE INDEX grants_role ON grants (role, member);
CREATE INDEX presence_place ON presence (place);

-- +goose Down
DROP INDEX presence_place;
DROP INDEX grants_role;
DROP INDEX grants_territory;
DROP TABLE help_asked;
DROP TABLE help_calls;
DROP TABLE seen;
DROP TABLE refused_hints;
DROP TABLE hints;
DROP TABLE wishes;
DROP TABLE member_skills;
DROP TABLE skills;
DROP TABLE profiles;
