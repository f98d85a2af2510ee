// Package circuit reads decision circuits from YAML. It says line and column of
// every fault at once, and knows nothing of the posts that go through them.
package circuit
