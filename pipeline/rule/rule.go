package rule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr/vm"

	"github.com/fildefer/fildefer/pipeline"
)

// What a rule may say of its posts. The feed knows the same words.
func topics() []string {
	return []string{"quality", "speed", "stop", "maintenance", "safety", "stock", "sales", "idea"}
}

func severities() []string { return []string{"critical", "major", "minor", "info"} }

const defaultReopen = 30 * time.Minute

// Rule is one rule of a file: what all kinds share, and its kind.
type Rule struct {
	ID       string `yaml:"id"`
	KindName string `yaml:"kind"`
	Signal   string `yaml:"signal"`
	Match    Match  `yaml:"match"`
	Unit     string `yaml:"unit"` // events in another unit are not for this rule
	Key      string `yaml:"key"`  // attribute that tells several conditions of one asset apart

	OnDelay      Delay `yaml:"on_delay"`
	OffDelay     Delay `yaml:"off_delay"`
	ReopenWithin Delay `yaml:"reopen_within"`
	StaleAfter   Delay `yaml:"stale_after"`

	// How the condition lives; see [life].
	MaxThreadAge  Delay     `yaml:"max_thread_age"` // an older post is not reopened: a new one begins
	Latch         bool      `yaml:"latch"`          // back to normal only when a person says so
	Flap          Flap      `yaml:"flap"`
	OnlyWhen      *OnlyWhen `yaml:"only_when"`
	SeverityAfter Rises     `yaml:"severity_after"` // how severity grows while the condition holds
	Where         string    `yaml:"where"`          // expression: events that it refuses are not for this rule
	MaxKeys       int       `yaml:"max_keys"`       // how many sub-keys of one asset are watched

	// What becomes of it in the feed; the rule itself does not look at these.
	Editorial `yaml:",inline"`

	Topic     string `yaml:"topic"`
	Severity  string `yaml:"severity"`
	Territory string `yaml:"territory"`
	Title     Title  `yaml:"title"`

	File string `yaml:"-"`
	Line int    `yaml:"-"`

	kind   kind
	traits traits
	glob   glob
	where  *vm.Program // nil without one
	within []pipeline.AssetPath
}

// Match selects the assets, and may narrow them to one source.
type Match struct {
	Asset  string `yaml:"asset"`
	Source string `yaml:"source"`
}

// Within are the places that the rule is narrowed to; none: it is for all.
func (r *Rule) Within() []pipeline.AssetPath { return r.within }

// Title is the template of a post's title in each language.
type Title struct {
	FR string `yaml:"fr"`
	EN string `yaml:"en"`
}

// complete fills in what was left out and reports every fault.
func (r *Rule) complete() []fault {
	r.traits = r.kind.traits()
	r.ReopenWithin = r.ReopenWithin.or(defaultReopen)
	if r.Key == "" {
		r.Key = r.traits.key
	}
	faults := append(r.checkNames(), r.checkLife()...)
	faults = append(faults, r.Editorial.check()...)
	var err error
	if r.glob, err = parseGlob(r.Match.Asset); err != nil {
		faults = append(faults, fault{"match.asset", err.Error()})
	}
	if r.Signal == "" && !r.traits.anySignal {
		faults = append(faults, fault{"signal", "name the signal that this rule listens to"})
	}
	if text := checkTerritory(r.Territory); text != "" {
		faults = append(faults, fault{"territory", text})
	}
	if !r.traits.ownTitles {
		if !r.traits.usualTitle || r.Title != (Title{}) {
			faults = append(faults, r.checkTitle("title", r.Title)...)
		}
	} else if r.Title != (Title{}) {
		faults = append(faults, fault{"title", "this kind has several titles; write them under titles"})
	}
	return append(faults, r.kind.check(r)...)
}

func (r *Rule) checkNames() []fault {
	var faults []fault
	if !validID(r.ID) {
		faults = append(faults, fault{"id", "give the rule a stable id of at most 64 small letters, digits and dashes"})
	}
	if !slices.Contains(topics(), r.Topic) {
		faults = append(faults, fault{"topic", unknown("topic", r.Topic, topics())})
	}
	if !slices.Contains(severities(), r.Severity) {
		faults = append(faults, fault{"severity", unknown("severity", r.Severity, severities())})
	}
	return faults
}

func validID(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func unknown(what, got string, allowed []string) string {
	list := strings.Join(allowed, ", ")
	if got == "" {
		return fmt.Sprintf("choose a %s: %s", what, list)
	}
	return fmt.Sprintf("%q is no %s; choose one of %s", got, what, list)
}

// signals are the signals whose events the rule meets, "" for any.
func (r *Rule) signals() []string {
	return append([]string{r.Signal}, r.traits.moreSignals...)
}
