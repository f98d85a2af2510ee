package mqtt

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fildefer/fildefer/connectors"
	"github.com/fildefer/fildefer/pipeline"
)

// Mapper turns messages into events. It is pure: the same topic, payload and
// receive time always give the same events, so that dead letters and history
// are read exactly as live messages are. It is safe for concurrent use.
type Mapper struct {
	source        string
	subscriptions []*subscription
}

// NewMapper returns the mapper of the connector of that name.
func NewMapper(name string, cfg Config) (*Mapper, error) {
	if name == "" || len(name) > maxNameBytes || !utf8.ValidString(name) {
		return nil, fmt.Errorf("name: %.80q must have 1 to %d bytes of UTF-8", name, maxNameBytes)
	}
	m := &Mapper{source: name}
	for i := range cfg.Subscriptions {
		s, err := compile(&cfg.Subscriptions[i])
		if err != nil {
			return nil, fmt.Errorf("subscriptions[%d].%w", i, err)
		}
		m.subscriptions = append(m.subscriptions, s)
	}
	return m, nil
}

// Events returns one event for each value of a message, or an error that says
// in one sentence why the message cannot be used. The first subscription whose
// topic matches decides. The events share their attributes.
func (m *Mapper) Events(topic string, payload []byte, received time.Time) ([]pipeline.Event, error) {
	if len(payload) > maxPayloadBytes {
		return nil, fmt.Errorf("payload has %d bytes, at most %d are read", len(payload), maxPayloadBytes)
	}
	if !utf8.Valid(payload) || !utf8.ValidString(topic) {
		return nil, errors.New("message is not valid UTF-8")
	}
	s, captures := m.find(topic)
	if s == nil {
		return nil, errors.New("topic matches no subscription's topic template")
	}
	asset, err := pipeline.ParseAssetPath(s.asset.expand(captures))
	if err != nil {
		return nil, err
	}
	msg := message{
		subscription: s, prefix: s.signal.expand(captures),
		attr: map[string]string{"topic": topic}, readings: make([]reading, 0, 8),
	}
	if err := msg.read(string(payload)); err != nil {
		return nil, err
	}
	stamp := msg.stamp(payload, received)
	events := make([]pipeline.Event, len(msg.readings))
	for i, r := range msg.readings {
		events[i] = pipeline.Event{
			ID: eventID(m.source, topic, r.signal, stamp), Source: m.source, Asset: asset, Signal: r.signal,
			Kind: s.kind, Value: r.value, Unit: msg.unitOf(r.signal), Quality: r.quality(),
			At: msg.at, Received: received.UTC(), Attr: msg.attr,
		}
	}
	return events, nil
}

func (m *Mapper) find(topic string) (*subscription, []string) {
	captures := make([]string, 0, pipeline.MaxSegments)
	for _, s := range m.subscriptions {
		if captures, ok := s.topic.match(topic, captures); ok {
			return s, captures
		}
	}
	return nil, nil
}

// message is what a payload says.
type message struct {
	*subscription
	prefix   string // of the signals
	readings []reading
	signals  nameSet
	attr     map[string]string
	at       time.Time
	id, seq  string
	unit     string
}

type reading struct {
	signal string
	value  pipeline.Value
}

// quality of a null: the source itself says that it has no reading.
func (r reading) quality() pipeline.Quality {
	if r.value.IsNone() {
		return pipeline.Bad
	}
	return ""
}

func (m *message) read(payload string) error {
	var err error
	switch m.format {
	case JSON:
		err = scanJSON(payload, m.leaf)
	case Text:
		err = m.text(payload)
	default:
		err = m.auto(payload)
	}
	if err != nil {
		return err
	}
	if len(m.readings) == 0 {
		return errors.New("payload holds no value that is asked for")
	}
	return nil
}

// auto takes for JSON what starts like an object, an array or a string, and
// what is one word of JSON; all else is text.
func (m *message) auto(payload string) error {
	trimmed := strings.TrimSpace(payload)
	if trimmed != "" && strings.IndexByte(`{["`, trimmed[0]) >= 0 {
		return scanJSON(payload, m.leaf)
	}
	switch trimmed {
	case "true", "false", "null":
		return scanJSON(trimmed, m.leaf)
	}
	return m.text(payload)
}

// text reads a payload without structure. What sensors send for "no reading"
// is none: an empty payload, nan, inf.
func (m *message) text(payload string) error {
	trimmed := strings.TrimSpace(payload)
	unsigned := strings.TrimPrefix(trimmed, "+")
	switch strings.ToLower(strings.TrimLeft(unsigned, "-")) {
	case "", "nan", "inf", "infinity":
		return m.add(m.prefix, scalar{})
	}
	if numberLength(unsigned) == len(unsigned) {
		v, err := number(unsigned)
		if err != nil {
			return err
		}
		return m.add(m.prefix, v)
	}
	return m.add(m.prefix, scalar{value: pipeline.Text(trimmed)})
}

// leaf takes one leaf of a JSON payload for what the configuration says it is.
func (m *message) leaf(path string, s scalar) (err error) {
	f, known := m.fields[path]
	if !known && m.listed {
		return nil
	}
	switch f.role {
	case isTime:
		var fault string
		if m.at, fault, err = parseTime(s); err != nil {
			return fmt.Errorf("field %q: %w", path, err)
		}
		if fault != "" {
			m.attr[connectors.TimeFault] = fault
		}
	case isID:
		m.id = s.text()
	case isSeq:
		m.seq = s.text()
	case isUnit:
		m.unit = s.text()
		return checkShort("field", path, m.unit)
	case isAttr:
		if !s.value.IsNone() {
			m.attr[f.name] = s.text()
		}
		return checkShort("field", path, s.text())
	default:
		if known {
			path = f.name
		}
		return m.add(m.signalOf(path), s)
	}
	return nil
}

func (m *message) signalOf(path string) string {
	if m.prefix == "" || path == "" {
		return m.prefix + path
	}
	return m.prefix + "." + path
}

func (m *message) add(signal string, s scalar) error {
	if err := checkSignal(signal); err != nil {
		return err
	}
	if !m.signals.add(signal) {
		return fmt.Errorf("signal %.80q is given twice", signal)
	}
	if text, ok := s.value.Text(); ok {
		switch {
		case len(text) > pipeline.MaxTextBytes:
			return fmt.Errorf("signal %q: text has %d bytes, at most %d are allowed", signal, len(text), pipeline.MaxTextBytes)
		case strings.IndexByte(text, 0) >= 0:
			return fmt.Errorf("signal %q: text holds a NUL character", signal)
		}
	}
	m.readings = append(m.readings, reading{signal, s.value})
	return nil
}

func (m *message) unitOf(signal string) string {
	if unit, ok := m.units[signal]; ok {
		return unit
	}
	return m.unit
}

// maxShortBytes bounds units and attributes, which are keys, not contents.
const maxShortBytes = 1 << 10

func checkShort(what, name, value string) error {
	if len(value) > maxShortBytes {
		return fmt.Errorf("%s %q has %d bytes, at most %d are allowed", what, name, len(value), maxShortBytes)
	}
	return checkPrintable(what+" "+name, value)
}

// text of a leaf, exactly as it was written.
func (s scalar) text() string {
	if s.number != "" {
		return s.number
	}
	return s.value.String()
}

func contentHash(payload []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(payload)
	return h.Sum64()
}
