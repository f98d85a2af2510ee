package mqtt

import (
	"errors"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// subscription is a compiled [Subscription].
type subscription struct {
	filter   string
	qos      byte
	retained bool // retained messages are accepted
	topic    topicTemplate
	asset    textTemplate
	signal   textTemplate
	named    bool // signal is not empty
	kind     pipeline.Kind
	format   Format
	fields   map[string]field // by path in the payload
	listed   bool             // only the listed values are read
	units    map[string]string
}

// field is what a path of the payload means.
type field struct {
	role role
	name string // of the signal or attribute
}

type role uint8

const (
	isValue role = iota
	isTime
	isID
	isSeq
	isUnit
	isAttr
)

// compile reports the first fault, with its key.
func compile(s *Subscription) (*subscription, error) {
	c := &subscription{
		filter: s.Filter, qos: defaultQoS, retained: s.Retained == AcceptRetained,
		kind: s.Kind, format: s.Format, named: s.Signal != "", units: s.Unit,
	}
	if err := c.compileTopic(s); err != nil {
		return nil, err
	}
	if err := c.compileTexts(s); err != nil {
		return nil, err
	}
	if err := c.compileChoices(s); err != nil {
		return nil, err
	}
	if err := c.compileFields(s); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *subscription) compileTopic(s *Subscription) error {
	if s.Filter == "" && s.Topic == "" {
		return errors.New("topic: is missing, and so is filter")
	}
	if s.Topic == "" {
		if err := checkFilter(s.Filter); err != nil {
			return fmt.Errorf("filter: %w", err)
		}
		c.topic = topicOf(s.Filter)
		return nil
	}
	topic, err := parseTopic(s.Topic)
	if err != nil {
		return fmt.Errorf("topic: %w", err)
	}
	c.topic = topic
	if s.Filter == "" {
		c.filter = topic.filter()
	}
	if err := checkFilter(c.filter); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	if !covers(c.filter, topic.filter()) {
		return fmt.Errorf("topic: %q is not reached by the filter %q", s.Topic, s.Filter)
	}
	return nil
}

func (c *subscription) compileTexts(s *Subscription) (err error) {
	if c.asset, err = parseText(s.Asset, c.topic.names); err != nil {
		return fmt.Errorf("asset: %w", err)
	}
	if c.signal, err = parseText(s.Signal, c.topic.names); err != nil {
		return fmt.Errorf("signal: %w", err)
	}
	if s.Asset != "" {
		return nil
	}
	if len(c.topic.names) == 0 {
		return errors.New("asset: is missing, and the topic captures nothing to make one of")
	}
	c.asset.parts = c.asset.parts[:0]
	for i := range c.topic.names {
		separator := "/"
		if i == 0 {
			separator = ""
		}
		c.asset.parts = append(c.asset.parts, textPart{separator, i})
	}
	return nil
}

func (c *subscription) compileChoices(s *Subscription) error {
	if s.QoS != nil {
		c.qos = *s.QoS
	}
	if c.kind == "" {
		c.kind = pipeline.Measure
	}
	if c.format == "" {
		c.format = Auto
	}
	switch {
	case c.qos > 2:
		return fmt.Errorf("qos: %d is not 0, 1 or 2", c.qos)
	case !slices.Contains([]pipeline.Kind{pipeline.Measure, pipeline.State, pipeline.Record}, c.kind):
		return fmt.Errorf("kind: %q is not one of measure, state, record", c.kind)
	case !slices.Contains([]Format{Auto, JSON, Text}, c.format):
		return fmt.Errorf("format: %q is not one of auto, json, text", c.format)
	case !slices.Contains([]Retained{"", SkipRetained, AcceptRetained}, s.Retained):
		return fmt.Errorf("retained: %q is not one of skip, accept", s.Retained)
	case c.format == Text && !c.named:
		return errors.New("signal: is missing; a text payload names none")
	}
	return nil
}

func (c *subscription) compileFields(s *Subscription) error {
	c.fields, c.listed = map[string]field{}, len(s.Values) > 0
	add := func(key, path string, f field) error {
		if path == "" {
			return nil
		}
		if _, taken := c.fields[path]; taken {
			return fmt.Errorf("%s: the field %q already has another meaning", key, path)
		}
		c.fields[path] = f
		return nil
	}
	faults := []error{
		add("time", s.Time, field{role: isTime}),
		add("id", s.ID, field{role: isID}),
		add("seq", s.Seq, field{role: isSeq}),
		add("unit_field", s.UnitField, field{role: isUnit}),
	}
	signals := map[string]bool{}
	for path, signal := range s.Values {
		if err := checkSignal(signal); err != nil || signals[signal] {
			faults = append(faults, fmt.Errorf("values: %q needs a signal name of its own", path))
		}
		signals[signal] = true
		faults = append(faults, add("values", path, field{isValue, signal}))
	}
	for name, path := range s.Attr {
		if name == "topic" || name == "retained" || path == "" {
			faults = append(faults, fmt.Errorf("attr: %q needs a path, and a name other than topic and retained", name))
		}
		faults = append(faults, add("attr", path, field{isAttr, name}))
	}
	if len(c.fields) > 0 && c.format == Text {
		faults = append(faults, errors.New("format: text has no fields for time, id, seq, values, attr or unit_field"))
	}
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return nil
}
