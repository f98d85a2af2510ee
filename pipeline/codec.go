package pipeline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// The wire form is one JSON object with CloudEvents 1.0 attribute names
// (structured content mode), so that other systems can read the stream:
//
//	{"specversion":"1.0","id":…,"source":…,"type":"fildefer.measure",
//	 "subject":<asset>,"time":<At>,"received":…,"signal":…,"unit":…,
//	 "quality":"bad","status":…,"data":{"value":12.5,"attr":{…}}}
//
// Empty members are left out; times are RFC 3339 UTC with nanoseconds.
const typePrefix = "fildefer."

// Append appends the wire form of e to dst. It does not validate; see
// [Event.Validate].
func Append(dst []byte, e *Event) []byte {
	dst = append(dst, `{"specversion":"1.0","id":`...)
	dst = appendString(dst, string(e.ID))
	dst = append(dst, `,"source":`...)
	dst = appendString(dst, e.Source)
	dst = append(dst, `,"type":"`+typePrefix...)
	dst = append(dst, e.Kind...)
	dst = append(dst, '"')
	dst = appendMember(dst, "subject", string(e.Asset))
	dst = appendTime(dst, "time", e.At)
	dst = appendTime(dst, "received", e.Received)
	dst = appendMember(dst, "signal", e.Signal)
	dst = appendMember(dst, "unit", e.Unit)
	dst = appendMember(dst, "quality", string(e.Quality))
	dst = appendMember(dst, "status", e.Status)
	dst = appendData(dst, e)
	return append(dst, '}')
}

func appendData(dst []byte, e *Event) []byte {
	if e.Value.IsNone() && len(e.Attr) == 0 {
		return dst
	}
	dst = append(dst, `,"data":{`...)
	start := len(dst)
	switch e.Value.typ {
	case typeNumber:
		dst = strconv.AppendFloat(append(dst, `"value":`...), e.Value.number, 'g', -1, 64)
	case typeText:
		dst = appendString(append(dst, `"value":`...), e.Value.text)
	case typeBool:
		dst = strconv.AppendBool(append(dst, `"value":`...), e.Value.number == 1)
	case typeNone:
	}
	if len(e.Attr) > 0 {
		if len(dst) > start {
			dst = append(dst, ',')
		}
		dst = appendAttr(dst, e.Attr)
	}
	return append(dst, '}')
}

// appendAttr writes attributes in key order, so that equal events have equal
// bytes.
func appendAttr(dst []byte, attr map[string]string) []byte {
	keys := make([]string, 0, len(attr))
	for k := range attr {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	dst = append(dst, `"attr":{`...)
	for i, k := range keys {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, k), ':')
		dst = appendString(dst, attr[k])
	}
	return append(dst, '}')
}

func appendMember(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	dst = append(dst, ',', '"')
	dst = append(dst, name...)
	return appendString(append(dst, '"', ':'), value)
}

func appendTime(dst []byte, name string, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	dst = append(dst, ',', '"')
	dst = append(dst, name...)
	dst = append(dst, '"', ':', '"')
	dst = t.UTC().AppendFormat(dst, time.RFC3339Nano)
	return append(dst, '"')
}

const hex = "0123456789abcdef"

// appendString appends s as a JSON string. Invalid UTF-8 becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(append(dst, s[start:i]...), "\ufffd"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c < ' ' || c == '"' || c == '\\' {
			dst = append(dst, s[start:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			start = i + 1
		}
		i++
	}
	return append(append(dst, s[start:]...), '"')
}

type wireEvent struct {
	SpecVersion string    `json:"specversion"`
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Type        string    `json:"type"`
	Subject     string    `json:"subject"`
	Time        time.Time `json:"time"`
	Received    time.Time `json:"received"`
	Signal      string    `json:"signal"`
	Unit        string    `json:"unit"`
	Quality     string    `json:"quality"`
	Status      string    `json:"status"`
	Data        struct {
		Value any               `json:"value"`
		Attr  map[string]string `json:"attr"`
	} `json:"data"`
}

// Decode reads the wire form and validates it. Attributes that it does not
// know are ignored, so that a newer writer can be read.
func Decode(data []byte) (Event, error) {
	if e, ok := decodeOwn(data); ok {
		return e, nil
	}
	return decodeAny(data)
}

// decodeAny reads every JSON text that carries an event, and says what is
// wrong with one that does not.
func decodeAny(data []byte) (Event, error) {
	var w wireEvent
	if err := json.Unmarshal(data, &w); err != nil {
		return Event{}, fmt.Errorf("decode event: %w", err)
	}
	if w.SpecVersion != "1.0" {
		return Event{}, fmt.Errorf("decode event %q: specversion is %q, want 1.0", w.ID, w.SpecVersion)
	}
	if len(w.Type) < len(typePrefix) || w.Type[:len(typePrefix)] != typePrefix {
		return Event{}, fmt.Errorf("decode event %q: type %q does not start with %s", w.ID, w.Type, typePrefix)
	}
	e := Event{
		ID: EventID(w.ID), Source: w.Source, Asset: AssetPath(w.Subject), Signal: w.Signal,
		Kind: Kind(w.Type[len(typePrefix):]), Unit: w.Unit, Quality: Quality(w.Quality), Status: w.Status,
		At: utc(w.Time), Received: utc(w.Received), Attr: w.Data.Attr,
	}
	switch v := w.Data.Value.(type) {
	case nil:
	case float64:
		e.Value = Number(v)
	case string:
		e.Value = Text(v)
	case bool:
		e.Value = Bool(v)
	default:
		return Event{}, fmt.Errorf("decode event %q: data.value must be a number, a string or a boolean", w.ID)
	}
	if err := e.Validate(); err != nil {
		return Event{}, fmt.Errorf("decode event: %w", err)
	}
	return e, nil
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}
