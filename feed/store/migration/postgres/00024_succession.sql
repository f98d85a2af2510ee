-- +goose Up

-- Places that have an animator of their own, or had one: since when nobody came
-- after the last; 0: somebody is there.
CREATE TABLE animated (
	territory TEXT PRIMARY KEY,
	since     BIGINT NOT NULL
);

-- +goose Down
DROP TABLE animated;
