// Package rule decides what of a stream of events deserves a post. It owns the
// rule files ([Parse]), their index ([Compile]) and the pure function from
// state and event to state and effects ([Engine.Step]): no clock, no random,
// no input or output. All time is in the stream, so that the same stream gives
// the same effects however it is cut into batches, spread over engines or
// interrupted.
//
//	event ─► clock ─► those that waited ─► candidate rules ─► where, mode ─► kind ─► life ─► effects
//	tick  ─► clock ─► those that waited ─► timers due ──────────────────────► kind ─► life ─► effects
//
// A kind (limit, state, silence, …) is one file; it says whether its condition
// holds. The control charts (ewma, cusum, nelson) share chart.go: they plot the
// points of subgroup.go against what baseline.go finds usual. The kinds about
// production share a line (making.go: what it is told by; track.go: the line
// from run to run; tally.go: what was made in one run).
//
// The life of a condition is written once, in life.go, for all of them: pending,
// active, clearing, latched; fresh or stale. Beside it are how it comes and goes
// (flapping.go), how grave it is (gravity.go), what people did to it (hand.go)
// and whether its rule looks at all (mode.go). The words are those of ISA-18.2
// and OPC UA Part 9.
//
// It knows nothing of SQL, NATS, or what becomes of an effect.
package rule
