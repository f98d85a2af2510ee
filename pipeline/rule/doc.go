// Package rule decides what of a stream of events deserves a post. It owns the
// rule files ([Parse]), their index ([Compile]) and the pure function from
// state and event to state and effects ([Engine.Step]): no clock, no random,
// no input or output. All time is in the stream, so that the same stream gives
// the same effects however it is cut into batches, spread over engines or
// interrupted.
//
//	event ─► shard clock ─► timers due ─► candidate rules ─► kind ─► life ─► effects
//
// A kind (limit, state, silence, stock, mover) is one file; it says whether its
// condition holds. The life of a condition (pending, active, clearing; fresh or
// stale) is written once, in life.go, for all of them.
//
// It knows nothing of SQL, NATS, or what becomes of an effect.
package rule
