package feed

// Seal is with what a browser closes the words of one member that are not sent
// yet, so that whoever holds the device next can carry them and not read them.
type Seal struct {
	ID  string
	Key []byte // AES-256-GCM
}
