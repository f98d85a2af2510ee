package erp

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"
)

// plan is a configuration that was checked and made ready to read rows with.
type plan struct {
	cfg    Config
	zone   *time.Location
	names  []string // of the fields, sorted
	key    []string
	asset  template
	attr   map[string]template
	footer *regexp.Regexp // nil when there is none
}

// compile checks the whole configuration and returns every fault it finds.
func compile(c Config) (*plan, error) {
	c = c.withDefaults()
	p := &plan{cfg: c, names: slices.Sorted(maps.Keys(c.Fields)), attr: map[string]template{}}
	errs := slices.Concat(c.validateFolder(), c.validateCSV(), c.validateMode())

	var err error
	if p.zone, err = time.LoadLocation(c.Zone); err != nil {
		errs = append(errs, fmt.Errorf("timezone: %w", err))
	}
	for _, name := range p.names {
		field := c.Fields[name]
		errs = append(errs, field.validate("fields."+name, *c.CSV.Header > 0)...)
		if field.Type == DateField && c.Zone == "" {
			errs = append(errs, fmt.Errorf("timezone: fields.%s is a date, so it must say where, such as Europe/Paris", name))
		}
	}
	errs = append(errs, p.compileKey()...)
	errs = append(errs, p.compileEvents()...)
	if c.CSV.SkipFooter != "" {
		p.footer, _ = regexp.Compile(c.CSV.SkipFooter) // its error is reported by validateCSV
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *plan) compileKey() []error {
	at := "ledger.key"
	switch {
	case p.cfg.Snapshot != nil:
		at, p.key = "snapshot.key", p.cfg.Snapshot.Key
	case p.cfg.Ledger != nil:
		p.key = p.cfg.Ledger.Key
	}
	var errs []error
	for _, name := range p.key {
		errs = append(errs, p.known(at, name))
	}
	return errs
}

func (p *plan) compileEvents() []error {
	var errs []error
	if p.cfg.Asset == "" {
		errs = append(errs, errors.New(`asset: the path that rows are about is missing, such as "villeurbanne"`))
	}
	p.asset = p.compileTemplate("asset", p.cfg.Asset, &errs)
	for name, text := range p.cfg.Attr {
		p.attr[name] = p.compileTemplate("attr."+name, text, &errs)
	}
	if p.cfg.At != "" && p.cfg.Fields[p.cfg.At].Type != DateField {
		errs = append(errs, fmt.Errorf("at: %q is not a field of type date", p.cfg.At))
	}
	if len(p.cfg.Events) == 0 {
		errs = append(errs, errors.New("events: at least one signal is needed"))
	}
	seen := map[string]bool{}
	for i, s := range p.cfg.Events {
		at := fmt.Sprintf("events[%d]", i)
		if seen[s.Signal] {
			errs = append(errs, fmt.Errorf("%s.signal: %q is there twice", at, s.Signal))
		}
		seen[s.Signal] = true
		if s.Signal == "" {
			errs = append(errs, errors.New(at+".signal: it is missing"))
		}
		errs = append(errs, p.known(at+".value", s.Value))
	}
	return errs
}

func (p *plan) compileTemplate(at, text string, errs *[]error) template {
	t, err := parseTemplate(text)
	if err != nil {
		*errs = append(*errs, fmt.Errorf("%s: %w", at, err))
	}
	for _, name := range t.fields {
		*errs = append(*errs, p.known(at, name))
	}
	return t
}

func (p *plan) known(at, field string) error {
	if _, ok := p.cfg.Fields[field]; !ok {
		return fmt.Errorf("%s: there is no field %q under fields", at, field)
	}
	return nil
}

// unit of an event: its own, or that of the field whose value it carries.
func (p *plan) unit(s Signal) string { return or(s.Unit, p.cfg.Fields[s.Value].Unit) }
