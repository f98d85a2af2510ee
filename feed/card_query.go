package feed

// CardState says which good practices are listed.
type CardState string

// Lists of cards.
const (
	LiveCards    CardState = "live"    // that are offered
	DueCards     CardState = "due"     // about which it is time to ask
	RetiredCards CardState = "retired" // that are offered no more
	AllCards     CardState = "all"
)

// CardCounts tells how many there are of each list.
type CardCounts map[CardState]int
