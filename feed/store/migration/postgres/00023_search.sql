-- +goose Up

-- Here the words of each document stand beside it already.
SELECT 1;

-- +goose Down
SELECT 1;
