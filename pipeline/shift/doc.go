// Package shift knows which shift works where and when: weekly patterns with
// exceptions, in the zone of the place, over changes to and from daylight
// saving time.
//
// It knows nothing of people, rules or posts: a role on shift is a word.
package shift
