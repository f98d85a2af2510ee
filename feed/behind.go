package feed

// Behind are the posts that a figure of a report was made of, and what each adds
// to it, so that whoever reads the figure finds it again in its posts.
type Behind struct {
	Unit   FigureUnit
	Posts  []Weighed // the latest first
	Figure *float64  // what they make; nil where that is nothing
	Of     int       // of a percentage: how many posts it is a part of
}

// Weighed is a post behind a figure.
type Weighed struct {
	Post  PostID
	Value *float64 // what it adds, in the unit of the figure; nil: that it is there
	Parts []Bar    // what that is made of, such as stops by cause
}

// FigureUnit is what a figure counts in.
type FigureUnit string

// Units of figures. Of minutes some figures are a sum and others a median: what
// their name says.
const (
	InPosts   FigureUnit = "posts"
	InPercent FigureUnit = "percent"
	InMinutes FigureUnit = "minutes"
	InMedian  FigureUnit = "median"
	InPieces  FigureUnit = "pieces"
	InMoney   FigureUnit = "money"
)
