package rule

import _ "embed"

// Example is a commented rule file: the reference of what can be written.
//
//go:embed example.yaml
var Example []byte
