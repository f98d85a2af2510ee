// Package opcua brings the values and the alarms of an OPC UA server into the
// pipeline. It finds the configured nodes, subscribes to their changes and turns
// each into a [pipeline.Event] with its status code and all of its timestamps.
// The conditions that a server judges by itself (Part 9) are passed on as they
// are told; they are never acknowledged there.
//
// gopcua serves as codec and secure channel. Reconnecting, trusting and
// publishing are done here, because the library's own were seen to lose data
// or to stay silent for ever:
//
//	connector.go   connects, again and again
//	└─ session.go     one life of a link
//	   ├─ link.go        discover.go, trust.go, signin.go: whom we talk to, as whom
//	   ├─ subscriber.go  room.go, target.go, find.go, alarm.go, eventfilter.go: what the server monitors
//	   ├─ publish.go     what changed, acknowledged when it is stored
//	   ├─ intake.go      mapper.go, value.go: changes become events, for the sink
//	   ├─ hearing.go     said.go, alarmevent.go: so do alarms; roll.go knows which are active
//	   └─ refresh.go     asks for all that are active
//
// It knows nothing of rules, posts or SQL.
package opcua
