// Package api is the feed over HTTP: JSON under /api/v1, described by an
// OpenAPI 3.1 document that is made from the code, the live stream, and the
// guards in front of both. It owns how posts look in JSON, in whose language,
// the session cookie, and what a refusal says.
//
// Every route names what its visitor must be allowed to do, every read takes
// the visitor's scope, and what lies outside it is not found.
//
// Whoever keeps the rules reads here what they do to people and tries others on
// the past; what the rules are and how the past is read again is asked of
// others.
//
// It knows nothing of SQL, of where machines are, and of how sessions are kept
// or changes carried: the interfaces that it needs are declared beside their
// use.
package api
