package feed

import (
	"strings"
	"time"
)

// SkillLevel says how well somebody knows something.
type SkillLevel int

// Levels of a skill. Who learns is not asked yet.
const (
	Learning SkillLevel = 1
	Able     SkillLevel = 2
	Teaching SkillLevel = 3
)

// MaxSkill bounds the name of a skill, in characters; MaxSkills how many one
// has.
const (
	MaxSkill  = 60
	MaxSkills = 40
)

// SoonExpired is how long before its end a skill is marked.
const SoonExpired = 30 * 24 * time.Hour

// Skill is what a member can do, as the member or a suggestion that was accepted
// says. An authorisation ends at a date.
type Skill struct {
	Name          string
	Level         SkillLevel
	Validator     MemberID // lead who confirmed it at this level; empty: nobody yet
	ValidatorName string
	Expires       time.Time // zero: never
}

// Expired tells whether the skill has ended: it is shown as ended, and counts no
// longer.
func (s Skill) Expired(now time.Time) bool { return !s.Expires.IsZero() && !s.Expires.After(now) }

// ExpiresSoon tells whether the skill ends within [SoonExpired].
func (s Skill) ExpiresSoon(now time.Time) bool {
	return !s.Expires.IsZero() && !s.Expired(now) && s.Expires.Before(now.Add(SoonExpired))
}

// SkillKey is what two spellings of a skill have in common: small letters
// without accents, single spaces. The catalogue has one name for each key.
func SkillKey(name string) string {
	return strings.Join(strings.Fields(Fold(name)), " ")
}

// checkSkill returns the name of a skill as it is kept, or says what is wrong
// with it.
func checkSkill(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if err := checkText(name, MaxSkill, Text{FR: "La compétence", EN: "The skill"}); err != nil {
		return "", err
	}
	if clean(name) != name || SkillKey(name) == "" {
		return "", Refuse(Invalid, "La compétence contient des caractères illisibles.", "The skill holds unreadable characters.")
	}
	return name, nil
}
