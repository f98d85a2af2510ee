// Package photo develops what a phone took into what a feed shows: turned the
// way it was held, without a word of where and with what, small enough for a
// slow network. It knows nothing of posts beyond what a picture is, and nothing
// of HTTP or SQL.
package photo
