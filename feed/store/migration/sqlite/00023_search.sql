-- +goose Up

-- The words of each document, between blanks, for those of which only the
-- beginning is known: where many words begin so, the newest documents are looked
-- at rather than all lists of the index. Empty: indexed before, the indexer fills
-- it behind what changes.
ALTER TABLE search_docs ADD COLUMN tokens TEXT NOT NULL DEFAULT '';
CREATE INDEX search_docs_bare ON search_docs (n) WHERE tokens = '';

-- +goose Down
DROP INDEX search_docs_bare;
ALTER TABLE search_docs DROP COLUMN tokens;
