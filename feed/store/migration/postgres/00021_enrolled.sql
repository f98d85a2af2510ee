-- +goose Up

-- Which member an invitation gives a way to sign in; empty: it makes one.
ALTER TABLE invitations ADD COLUMN member TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE invitations DROP COLUMN member;
