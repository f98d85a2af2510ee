-- +goose Up

-- Where good practices are looked for at the next occurrence, and when somebody
-- is asked whether they still hold: what the post itself says of its card.
CREATE TABLE cards (
	post         TEXT PRIMARY KEY REFERENCES posts (id),
	source       TEXT NOT NULL, -- post that it was made of
	about        TEXT NOT NULL, -- machine or place that it is for, with what lies below
	article      TEXT NOT NULL,
	rule         TEXT NOT NULL,
	matter       TEXT NOT NULL,
	why          TEXT NOT NULL, -- cause, folded
	retired      BOOLEAN NOT NULL,
	confirmed_at BIGINT NOT NULL,
	ask_at       BIGINT NOT NULL   -- 0: nobody is asked
);
CREATE UNIQUE INDEX cards_source ON cards (source);
CREATE INDEX cards_about ON cards (about, confirmed_at);
CREATE INDEX cards_ask ON cards (ask_at) WHERE ask_at <> 0;

-- Whom each helped, with what.
CREATE TABLE card_uses (
	card   TEXT NOT NULL REFERENCES cards (post),
	post   TEXT NOT NULL REFERENCES posts (id),
	member TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (card, post, member)
);
CREATE INDEX card_uses_post ON card_uses (post, member);

-- +goose Down
DROP TABLE card_uses;
DROP TABLE cards;
