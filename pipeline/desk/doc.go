// Package desk is the editorial desk: it reads the event stream in order, lets
// the rules decide, and hands each batch of decisions to a [Ledger] that commits
// them together with the position reached. It is the only bridge between the
// pipeline and the feed.
//
//	stream ── Read ──► rule.Engine.Step ──► feed.Batch ──► Ledger.Commit ──► stream.Consumed
//	   ▲                                                        │
//	   └────────────── Relay (what people report) ◄── outbox ───┘
//
// It knows nothing of SQL, NATS, HTTP or any machine's protocol.
package desk
