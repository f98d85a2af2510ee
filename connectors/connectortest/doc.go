// Package connectortest decides what a connector is: [Run] holds any connector
// to the contract of [connectors.Connector], against a real far side, and
// [Proxy] breaks the wire between the two in the ways in which wires break.
//
// It knows no protocol: a harness tells it what the far side did.
package connectortest
