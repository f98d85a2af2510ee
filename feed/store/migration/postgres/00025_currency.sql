-- +goose Up

-- What the price of an article is in, as its source says; empty: it does not.
ALTER TABLE articles ADD COLUMN currency TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE articles DROP COLUMN currency;
