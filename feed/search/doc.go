// Package search says what the words of a post are and what a question asks of
// them: folding, stems, the grammar of a question, and which stretch of a text
// answers it. All of it is pure, so that both databases index the same tokens
// and the last word on a match is said in one place.
//
// It knows nothing of SQL or HTTP, and nothing of who may read what: a store
// asks that of the reader's scope.
package search
