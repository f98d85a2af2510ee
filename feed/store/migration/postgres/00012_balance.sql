-- +goose Up

-- A report reads what opened in its period, and the few kinds that last from an
-- earlier one into it.
CREATE INDEX posts_when ON posts (opened_at, audience);
CREATE INDEX posts_lasting ON posts (closed_at) WHERE kind IN ('stock-out', 'idea');
CREATE INDEX posts_ghost ON posts (territory, opened_at) WHERE audience = 'ghost';

-- What a loss costs at a place and below it.
CREATE TABLE costs (
	territory   TEXT PRIMARY KEY,
	minute      DOUBLE PRECISION NOT NULL,
	part        DOUBLE PRECISION NOT NULL,
	shelf_empty DOUBLE PRECISION NOT NULL,
	currency    TEXT NOT NULL
);

-- Reports that were sent, as they were sent.
CREATE TABLE balances (
	territory TEXT NOT NULL,
	period    TEXT NOT NULL,
	body      TEXT NOT NULL,
	at        BIGINT NOT NULL,
	PRIMARY KEY (territory, period)
);

CREATE TABLE report_subscriptions (
	member    TEXT NOT NULL REFERENCES members (id),
	territory TEXT NOT NULL,
	unit      TEXT NOT NULL,
	PRIMARY KEY (member, territory, unit)
);

-- How people took part in a month, for all places at once: counted once, so that
-- no two counts can be subtracted.
CREATE TABLE engagements (
	month TEXT PRIMARY KEY,
	body  TEXT NOT NULL,
	at    BIGINT NOT NULL
);

-- What people wrote on the sheet of a short meeting.
CREATE TABLE meetings (
	territory TEXT NOT NULL,
	span      TEXT NOT NULL,
	starts    BIGINT NOT NULL,
	ends      BIGINT NOT NULL,
	body      TEXT NOT NULL,
	PRIMARY KEY (territory, span, starts)
);
CREATE INDEX meetings_when ON meetings (starts);

-- +goose Down
DROP TABLE meetings;
DROP TABLE engagements;
DROP TABLE report_subscriptions;
DROP TABLE balances;
DROP TABLE costs;
DROP INDEX posts_ghost;
DROP INDEX posts_lasting;
DROP INDEX posts_when;
