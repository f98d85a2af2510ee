-- +goose Up

-- Where questions and ideas are on their way to a decision: what lists and
-- time ask of the course that the post itself holds.
CREATE TABLE courses (
	post       TEXT PRIMARY KEY REFERENCES posts (id),
	open       BOOLEAN NOT NULL, -- nobody has decided yet
	overdue    BOOLEAN NOT NULL,
	due_at     BIGINT NOT NULL,
	decided_at BIGINT NOT NULL,
	wake_at    BIGINT NOT NULL, -- when time itself changes something; 0: never
	origin     TEXT NOT NULL     -- post that it was born of
);
CREATE INDEX courses_wake ON courses (wake_at) WHERE wake_at <> 0;
CREATE INDEX courses_origin ON courses (origin) WHERE origin <> '';
CREATE INDEX courses_open ON courses (open, due_at);
CREATE INDEX courses_decided ON courses (decided_at);

-- On whose list each stands.
CREATE TABLE course_waits (
	member TEXT NOT NULL,
	post   TEXT NOT NULL REFERENCES courses (post),
	PRIMARY KEY (member, post)
);
CREATE INDEX course_waits_post ON course_waits (post);

-- Ideas that are open already begin their way at the first look.
INSERT INTO courses (post, open, overdue, due_at, decided_at, wake_at, origin)
SELECT id, TRUE, FALSE, 0, 0, 1, ''
FROM posts
WHERE kind = 'idea' AND open AND audience = '';

-- +goose Down
DROP TABLE course_waits;
DROP TABLE courses;
