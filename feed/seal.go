package feed

// Seal is what a browser closes a member's unsent words with, so that whoever
// holds the device next can carry them and not read them.
type Seal struct {
	ID  string
	Key []byte // AES-256
}
