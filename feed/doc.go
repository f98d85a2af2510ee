// Package feed is the domain: posts that live, the people who answer them, the
// territories where both stand, and what each person may do. Its rules are
// plain functions on plain values; storage, HTTP and machines are met through
// the small interfaces declared here, beside their use.
//
// It knows nothing of SQL, HTTP, NATS or the event pipeline, and imports the
// standard library only.
package feed
