-- +goose Up

-- Whether people gave a role, or the groups of the company's account.
ALTER TABLE grants ADD COLUMN source TEXT NOT NULL DEFAULT 'manual';

-- Whose an account of the company is, for ever.
CREATE TABLE identities (
	issuer  TEXT NOT NULL,
	subject TEXT NOT NULL,
	member  TEXT NOT NULL REFERENCES members (id),
	at      BIGINT NOT NULL,
	PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_of ON identities (member);

-- +goose Down
DROP TABLE identities;
ALTER TABLE grants DROP COLUMN source;
