// Package plantsim is the far side of the wire, for the demo and for tests: a
// bottling line that publishes over MQTT, presses behind an OPC UA server, and
// a store whose ERP drops files into a folder. Things go wrong in them by
// script, and what was planted is told by [Plant.Faults].
//
// A plant is deterministic: the same seed and the same calls give the same
// messages. It moves by a model clock, so that hours of the past are made in
// an instant and the same plant then runs live.
//
// It knows nothing of Fildefer: what it says, any client can hear.
package plantsim
