package feed

// CourseList is which of the questions and ideas one asks for.
type CourseList string

// Lists of courses.
const (
	WaitsForMe  CourseList = "mine"    // the reader decides, or sees to what was decided
	Undecided   CourseList = "open"    // somebody decides
	OverdueOnes CourseList = "late"    // nobody did in time
	DecidedOnes CourseList = "decided" // with their reason
)

// CourseLists lists every list, for checks and counts.
var CourseLists = []CourseList{WaitsForMe, Undecided, OverdueOnes, DecidedOnes}
