// Package rule decides what of a stream of events deserves a post. It owns the
// rule files ([Parse]), their index ([Compile]) and the pure function from
// state and event to state and effects ([Engine.Step]): no clock, no random,
// no input or output. All time is in the stream, so that the same stream gives
// the same effects however it is cut into batches, spread over engines or
// interrupted.
//
//	event ─► shard clock ─► timers due ─► candidate rules ─► kind ─► life ─► effects
//
// A kind (limit, state, silence, …) is one file; it says whether its condition
// holds. The control charts (ewma, cusum, nelson) share chart.go: they plot the
// points of subgroup.go against what baseline.go finds usual. The life of a
// condition (pending, active, clearing; fresh or stale) is written once, in
// life.go, for all of them.
//
// The kinds about production share a line (making.go: what it is told by; track.go:
// the line from run to run; tally.go: what was made in one run).
//
// It knows nothing of SQL, NATS, or what becomes of an effect.
package rule
