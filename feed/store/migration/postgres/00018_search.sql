-- +goose Up

-- The search follows the changes of posts behind their commits: the last change
-- that it has indexed. What is indexed already is gone through once more.
DROP TABLE search_fill;
CREATE TABLE search_reached (
	one    BIGINT PRIMARY KEY,
	change BIGINT NOT NULL
);
INSERT INTO search_reached (one, change) VALUES (1, 0);

-- Whoever searches reads what waits to be sorted into the index, word by word:
-- little may wait.
ALTER INDEX search_words SET (gin_pending_list_limit = 256);

-- +goose Down
ALTER INDEX search_words RESET (gin_pending_list_limit);
DROP TABLE search_reached;
CREATE TABLE search_fill (
	one     BIGINT PRIMARY KEY,
	reached TEXT NOT NULL,
	done    BOOLEAN NOT NULL
);
INSERT INTO search_fill (one, reached, done) VALUES (1, '', FALSE);
