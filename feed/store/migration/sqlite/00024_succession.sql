-- +goose Up

-- Places that have an animator of their own, or had one: since when nobody came
-- after the last; 0: somebody is there.
CREATE TABLE animated (
	territory TEXT PRIMARY KEY,
	since     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE animated;
