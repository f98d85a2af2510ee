-- +goose Up

-- What a proposed place is about, the places whose people it concerns as JSON,
-- and when those concerned had answered it or it was withdrawn.
ALTER TABLE proposals ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN places TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;

-- When people made a place; 0: the configuration has it, or nobody knows.
ALTER TABLE territories ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE territories DROP COLUMN made_at;
ALTER TABLE proposals DROP COLUMN ended_at;
ALTER TABLE proposals DROP COLUMN places;
ALTER TABLE proposals DROP COLUMN about;
