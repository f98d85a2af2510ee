-- +goose Up

-- What a place says of itself beside its name, as JSON; whether people had a
-- say in it, so that the configuration no longer has; and whether it is gone,
-- with where to.
ALTER TABLE territories ADD COLUMN own TEXT NOT NULL DEFAULT '';
ALTER TABLE territories ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE territories ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE territories ADD COLUMN moved TEXT NOT NULL DEFAULT '';

-- What each member wants to hear of: a place, a machine, an article, an order.
CREATE TABLE follows (
	member TEXT NOT NULL REFERENCES members (id),
	kind   TEXT NOT NULL,
	target TEXT NOT NULL,
	at     INTEGER NOT NULL,
	PRIMARY KEY (member, kind, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX follows_target ON follows (kind, target);

-- Places that people propose beside the tree, or that are suggested to those who
-- keep answering each other, with the reason; people and reason as JSON.
CREATE TABLE proposals (
	id     TEXT PRIMARY KEY,
	name   TEXT NOT NULL,
	people TEXT NOT NULL,
	reason TEXT NOT NULL,
	author TEXT NOT NULL,
	state  TEXT NOT NULL,
	place  TEXT NOT NULL,
	at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE proposal_votes (
	proposal TEXT NOT NULL REFERENCES proposals (id),
	member   TEXT NOT NULL REFERENCES members (id),
	yes      INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (proposal, member)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE proposal_votes;
DROP TABLE proposals;
DROP TABLE follows;
ALTER TABLE territories DROP COLUMN moved;
ALTER TABLE territories DROP COLUMN closed;
ALTER TABLE territories DROP COLUMN edited;
ALTER TABLE territories DROP COLUMN own;
