package feed

// Audience is who sees a post.
type Audience string

// Audiences. A ghost is seen by those who keep the rules of its territory, when
// they ask; a shadow by the author of its rule.
const (
	Everybody Audience = ""
	Ghost     Audience = "ghost"
	Shadow    Audience = "shadow"
)
