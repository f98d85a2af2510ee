package erp

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Config says where a business system drops its files, how their bytes become
// rows, and which cells of a row are news. The example beside it is the
// reference.
type Config struct {
	Dir    string           `yaml:"dir"`
	Match  []string         `yaml:"match"`
	Poll   time.Duration    `yaml:"poll"`
	Ready  Ready            `yaml:"ready"`
	Done   string           `yaml:"done"`
	Error  string           `yaml:"error"`
	CSV    CSV              `yaml:"csv"`
	Zone   string           `yaml:"timezone"`
	Fields map[string]Field `yaml:"fields"`

	// Exactly one of the two modes.
	Snapshot *Snapshot `yaml:"snapshot"`
	Ledger   *Ledger   `yaml:"ledger"`

	Asset  string            `yaml:"asset"`
	At     string            `yaml:"at"`
	Events []Signal          `yaml:"events"`
	Attr   map[string]string `yaml:"attr"`
}

// Ready says when a file counts as wholly written.
type Ready struct {
	Mode   string        `yaml:"mode"` // rename or stable
	Polls  int           `yaml:"polls"`
	MinAge time.Duration `yaml:"min_age"`
	Ignore []string      `yaml:"ignore"`
}

// CSV says how bytes become records.
type CSV struct {
	Charset             Charset `yaml:"charset"`
	Separator           string  `yaml:"separator"`
	Quote               *string `yaml:"quote"`
	Header              *int    `yaml:"header"`
	SkipFooter          string  `yaml:"skip_footer"`
	RequireFinalNewline bool    `yaml:"require_final_newline"`
}

// Snapshot declares that each file holds everything there is.
type Snapshot struct {
	Key          []string `yaml:"key"`
	Scope        []string `yaml:"scope"`
	MinRowsRatio *float64 `yaml:"min_rows_ratio"`
	OnDuplicate  string   `yaml:"on_duplicate"` // reject, sum, first or last
}

// Ledger declares that each file holds rows that are true for ever.
type Ledger struct {
	Key []string `yaml:"key"`
}

// Signal is an event that a row gives: the value of one field.
type Signal struct {
	Signal string `yaml:"signal"`
	Value  string `yaml:"value"`
	Unit   string `yaml:"unit"`
}

// Validate reports every fault of the configuration, each with its key.
func (c *Config) Validate() error {
	_, err := compile(*c)
	return err
}

// withDefaults fills what was left out.
func (c Config) withDefaults() Config {
	c.Poll = or(c.Poll, 2*time.Second)
	c.Done, c.Error = or(c.Done, "done"), or(c.Error, "error")
	c.Ready.Mode = or(c.Ready.Mode, "rename")
	if c.Ready.Mode == "stable" {
		c.Ready.Polls = or(c.Ready.Polls, 3)
	}
	if c.Ready.Ignore == nil {
		c.Ready.Ignore = []string{"*.tmp", "*.part", "*.filepart", "~$*", ".*"}
	}
	c.CSV.Charset, c.CSV.Separator = or(c.CSV.Charset, UTF8), or(c.CSV.Separator, ";")
	if c.CSV.Separator == "tab" {
		c.CSV.Separator = "\t"
	}
	c.CSV.Quote, c.CSV.Header = or(c.CSV.Quote, new(`"`)), or(c.CSV.Header, new(1))
	if c.Snapshot != nil {
		s := *c.Snapshot
		s.MinRowsRatio, s.OnDuplicate = or(s.MinRowsRatio, new(0.8)), or(s.OnDuplicate, "reject")
		c.Snapshot = &s
	}
	return c
}

func or[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

// validateFolder checks the keys that say where files come from.
func (c *Config) validateFolder() []error {
	var errs []error
	if c.Dir == "" {
		errs = append(errs, errors.New("dir: the folder into which files are dropped is missing"))
	}
	if len(c.Match) == 0 {
		errs = append(errs, errors.New(`match: at least one pattern of file names is needed, such as "stock_*.csv"`))
	}
	for key, patterns := range map[string][]string{"match": c.Match, "ready.ignore": c.Ready.Ignore} {
		for _, p := range patterns {
			if _, err := path.Match(p, ""); err != nil {
				errs = append(errs, fmt.Errorf("%s: %q is not a pattern: %w", key, p, err))
			}
		}
	}
	if c.Poll < 0 || c.Ready.Polls < 0 || c.Ready.MinAge < 0 {
		errs = append(errs, errors.New("poll, ready.polls and ready.min_age cannot be negative"))
	}
	if !slices.Contains([]string{"rename", "stable"}, c.Ready.Mode) {
		errs = append(errs, fmt.Errorf("ready.mode: %q is not rename or stable", c.Ready.Mode))
	}
	for key, name := range map[string]string{"done": c.Done, "error": c.Error} {
		if strings.ContainsAny(name, `/\`) || name == "." || name == ".." {
			errs = append(errs, fmt.Errorf("%s: %q must be the name of a folder inside dir", key, name))
		}
	}
	if c.Done == c.Error {
		errs = append(errs, errors.New("done and error must be two folders"))
	}
	return errs
}

// validateCSV checks the keys that say how bytes become records.
func (c *Config) validateCSV() []error {
	var errs []error
	if _, known := c.CSV.Charset.encoding(); !known {
		errs = append(errs, fmt.Errorf("csv.charset: %q is not utf-8, windows-1252, iso-8859-15 or utf-16le", c.CSV.Charset))
	}
	if !slices.Contains([]string{";", ",", "\t", "|"}, c.CSV.Separator) {
		errs = append(errs, fmt.Errorf(`csv.separator: %q is not ";", ",", "|" or tab`, c.CSV.Separator))
	}
	if !slices.Contains([]string{`"`, `'`, ""}, *c.CSV.Quote) {
		errs = append(errs, fmt.Errorf("csv.quote: %q is not a double quote, a single quote or empty", *c.CSV.Quote))
	}
	if *c.CSV.Header < 0 {
		errs = append(errs, errors.New("csv.header: it is the line of the column names, 0 when there is none"))
	}
	if _, err := regexp.Compile(c.CSV.SkipFooter); err != nil {
		errs = append(errs, fmt.Errorf("csv.skip_footer: %w", err))
	}
	return errs
}

// validateMode checks the keys that say what makes a row news.
func (c *Config) validateMode() []error {
	if (c.Snapshot == nil) == (c.Ledger == nil) {
		return []error{errors.New("snapshot, ledger: exactly one of the two must be there")}
	}
	s := c.Snapshot
	if s == nil {
		return nil
	}
	var errs []error
	if len(s.Key) == 0 {
		errs = append(errs, errors.New("snapshot.key: the fields that identify a row are missing"))
	}
	if len(s.Scope) > len(s.Key) || !slices.Equal(s.Scope, s.Key[:len(s.Scope)]) {
		errs = append(errs, errors.New("snapshot.scope: it must be the first fields of snapshot.key"))
	}
	if *s.MinRowsRatio < 0 || *s.MinRowsRatio > 1 {
		errs = append(errs, errors.New("snapshot.min_rows_ratio: it must lie between 0 and 1"))
	}
	if !slices.Contains([]string{"reject", "sum", "first", "last"}, s.OnDuplicate) {
		errs = append(errs, fmt.Errorf("snapshot.on_duplicate: %q is not reject, sum, first or last", s.OnDuplicate))
	}
	return errs
}
