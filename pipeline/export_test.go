package pipeline

// The two ways of Decode, to be compared.
var (
	DecodeOwn = decodeOwn
	DecodeAny = decodeAny
)
