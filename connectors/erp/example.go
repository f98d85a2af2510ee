package erp

import _ "embed"

// Example is a commented configuration of one connector. It is the reference
// of every key.
//
//go:embed example.yaml
var Example []byte
