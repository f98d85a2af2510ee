// Package usage reads ready ways to use the feed from YAML, and has those that
// come with the program. It says line and column of every fault at once, and
// knows nothing of how one is installed.
package usage
