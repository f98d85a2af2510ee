package rule

import (
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// lesson is how much to learn from: so many points ("100"), or days ("7d").
type lesson struct {
	Points int
	Days   int
}

// UnmarshalYAML reads a whole number, alone or of days.
func (l *lesson) UnmarshalYAML(node ast.Node) error {
	text, days := strings.CutSuffix(node.GetToken().Value, "d")
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return (&Error{Text: "write a number of subgroups, such as 100, or of days, such as 7d"}).at(node.GetToken())
	}
	if days {
		l.Days = n
	} else {
		l.Points = n
	}
	return nil
}

// zone is a time zone, by its name in the IANA database.
type zone struct{ location *time.Location }

// UnmarshalYAML reads a name such as Europe/Paris.
func (z *zone) UnmarshalYAML(node ast.Node) error {
	name := node.GetToken().Value
	location, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" { // of this computer: another would decide otherwise
		return (&Error{Text: "name a time zone, such as Europe/Paris"}).at(node.GetToken())
	}
	z.location = location
	return nil
}

// in gives t in the zone, which is UTC unless it was named.
func (z zone) in(t time.Time) time.Time {
	if z.location == nil {
		return t.UTC()
	}
	return t.In(z.location)
}
