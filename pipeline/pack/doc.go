// Package pack holds the rule files that ship with Fildefer: a start for a
// bottling line, a press shop, a supermarket, and signals of which nothing is
// known. Between them they show every kind of rule at work, each with its tests,
// in French and English. They are files to copy; one that a usage brings to a
// place is run as it is, beside the house's own.
//
// It knows nothing of how rules are run; see pipeline/rule for the reference of
// what they may say, and pipeline/proof for how well these do.
package pack
