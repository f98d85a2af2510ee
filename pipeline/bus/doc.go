// Package bus is the durable pipe between connectors and the desk: a JetStream
// stream of events, spread over shards, and a stream of dead letters. It owns
// the embedded NATS server, or the connection to an outside one, and every
// subject that starts with "fdf.".
//
//	Accept ─► publisher ─► atomic batch ─► FDF_EVENTS ─► Read ─► desk
//	Reject ──────────────────────────────► FDF_DEAD   ─► DeadLetters
//
// What Accept has acknowledged is on disk and stays there until the desk says
// through [Bus.Consumed] that it has been read: a full stream refuses new
// events instead of forgetting old ones.
//
// The package knows [pipeline.Event] and nothing of rules, posts or SQL.
package bus
