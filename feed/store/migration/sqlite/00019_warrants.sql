-- +goose Up

-- With what the company is asked again whether an account still stands, sealed;
-- when it was asked last, and since when it says no: zero, it does not.
ALTER TABLE identities ADD COLUMN warrant TEXT NOT NULL DEFAULT '';
ALTER TABLE identities ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identities ADD COLUMN lapsed INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE identities DROP COLUMN lapsed;
ALTER TABLE identities DROP COLUMN asked;
ALTER TABLE identities DROP COLUMN warrant;
