-- +goose Up

-- When a person last did something, and last showed who they are.
ALTER TABLE sessions ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0;

-- Invitations to a role at a place; only a hash of each code.
CREATE TABLE invitations (
	id        TEXT PRIMARY KEY,
	code      TEXT NOT NULL UNIQUE,
	name      TEXT NOT NULL,
	lang      TEXT NOT NULL,
	territory TEXT NOT NULL,
	role      TEXT NOT NULL,
	invited   TEXT NOT NULL,
	at        INTEGER NOT NULL,
	expires   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The audit log as a chain: each row's hash covers the row before it. Actor,
-- subject and detail are digests of what audit_words holds.
DROP TABLE audit;
CREATE TABLE audit (
	n         INTEGER PRIMARY KEY,
	at        INTEGER NOT NULL,
	actor     TEXT NOT NULL,
	action    TEXT NOT NULL,
	subject   TEXT NOT NULL,
	territory TEXT NOT NULL,
	object    TEXT NOT NULL,
	detail    TEXT NOT NULL,
	hash      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_actor ON audit (actor, n) WHERE actor <> '';
CREATE INDEX audit_subject ON audit (subject, n) WHERE subject <> '';

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit log is only appended to');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit log is only appended to');
END;
-- +goose StatementEnd

-- What the digests of the audit log stand for. Who is forgotten is deleted here,
-- and the chain still holds. A detail tells of the member that it belongs to.
CREATE TABLE audit_words (
	digest TEXT PRIMARY KEY,
	salt   TEXT NOT NULL,
	text   TEXT NOT NULL,
	member TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_words_of ON audit_words (member) WHERE member <> '';

-- The head of the chain at the end of a day, signed.
CREATE TABLE audit_heads (
	day       TEXT PRIMARY KEY,
	n         INTEGER NOT NULL,
	hash      TEXT NOT NULL,
	signature TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who asked to be forgotten.
CREATE TABLE farewells (
	member TEXT PRIMARY KEY REFERENCES members (id),
	at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE farewells;
DROP TABLE audit_heads;
DROP TABLE audit_words;
DROP TABLE audit;
DROP TABLE invitations;
ALTER TABLE sessions DROP COLUMN proved_at;
ALTER TABLE sessions DROP COLUMN seen_at;
CREATE TABLE audit (
	n         INTEGER PRIMARY KEY AUTOINCREMENT,
	at        INTEGER NOT NULL,
	actor     TEXT NOT NULL,
	action    TEXT NOT NULL,
	subject   TEXT NOT NULL,
	territory TEXT NOT NULL,
	object    TEXT NOT NULL,
	detail    TEXT NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject, n) WHERE subject <> '';
