// Package pipeline is the vocabulary of what machines and business systems
// say: an [Event], its [Value], its [Quality], the [AssetPath] it is about, and
// the [Sink] that takes it. Everything upstream of a decision speaks these
// words and no others.
//
// It knows nothing of MQTT, OPC UA, NATS, SQL, HTTP or posts, and imports the
// standard library only.
package pipeline
