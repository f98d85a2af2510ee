// Package opcua brings the values of an OPC UA server into the pipeline. It
// finds the configured nodes, subscribes to their changes and turns each into
// a [pipeline.Event] with its status code and all of its timestamps.
//
// gopcua serves as codec and secure channel. Reconnecting, trusting and
// publishing are done here, because the library's own were seen to lose data
// or to stay silent for ever:
//
//	config.go ─► connector.go ─► link.go       session.go (one life of a link)
//	what to       connect, again  channel and     ├─ resolve.go    which nodes
//	read          and again       session, trust  ├─ subscriber.go monitored items
//	                                              ├─ publish.go    what changed
//	                                              └─ intake.go     mapper.go ─► sink
//
// It knows nothing of rules, posts or SQL.
package opcua
