package plantsim

import "time"

// Message is one thing that the plant says: an [MQTT], an [OPCUA] or a [File].
type Message interface {
	// When is the time of the source.
	When() time.Time
}

// MQTT is a message published to a broker.
type MQTT struct {
	Topic   string
	Payload []byte
	At      time.Time
}

// OPCUA is a new value of a node.
type OPCUA struct {
	Node  string // "nsu=urn:plantsim;s=Press4.State"
	Value any    // float64, int64 or string
	At    time.Time
}

// File is a file that the ERP drops.
type File struct {
	Name string
	Body []byte
	At   time.Time
}

// When is the time in the payload.
func (m MQTT) When() time.Time { return m.At }

// When is the source timestamp of the value.
func (m OPCUA) When() time.Time { return m.At }

// When is the time at which the file was written.
func (m File) When() time.Time { return m.At }
