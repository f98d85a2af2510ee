// Package roster reads the files in which people bring their tree of territories
// and their colleagues: CSV as French and English spreadsheets write it, and
// YAML. It turns text into rows that know where each cell stood, and back. What
// the rows mean, and whether they may, is decided by feed.
package roster
