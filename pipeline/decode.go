package pipeline

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// decodeOwn reads the exact form that [Append] writes: known members, each at
// most once, no white space. Every event passes here when it is read from the
// stream, so it costs a fraction of a general decoder. For anything else it
// answers false and leaves the judgement to [Decode]'s general way.
func decodeOwn(data []byte) (e Event, ok bool) {
	// The event's texts are parts of one string.
	s := scanner{text: string(data)}
	var version string
	s.object(func(key string) {
		switch key {
		case "specversion":
			version = s.string()
		case "id":
			e.ID = EventID(s.string())
		case "source":
			e.Source = s.string()
		case "type":
			kind, known := strings.CutPrefix(s.string(), typePrefix)
			s.failed = s.failed || !known
			e.Kind = Kind(kind)
		case "subject":
			e.Asset = AssetPath(s.string())
		case "time":
			e.At = s.time()
		case "received":
			e.Received = s.time()
		case "signal":
			e.Signal = s.string()
		case "unit":
			e.Unit = s.string()
		case "quality":
			e.Quality = Quality(s.string())
		case "status":
			e.Status = s.string()
		case "data":
			s.data(&e)
		default:
			s.failed = true
		}
	})
	ok = !s.failed && s.at == len(s.text) && version == "1.0" && e.Validate() == nil
	return e, ok
}

// scanner walks over one JSON text. After a failure it returns zero values.
type scanner struct {
	text   string
	at     int
	failed bool
}

func (s *scanner) data(e *Event) {
	s.object(func(key string) {
		switch key {
		case "value":
			e.Value = s.value()
		case "attr":
			e.Attr = make(map[string]string, 4)
			s.object(func(key string) { e.Attr[key] = s.string() })
		default:
			s.failed = true
		}
	})
}

// object calls member with each key, to read the value that follows. Members
// must differ, for the general decoder has its own view of repeated ones.
func (s *scanner) object(member func(key string)) {
	s.byte('{')
	var keys [16]string
	for n := 0; !s.failed; n++ {
		key := s.string()
		s.byte(':')
		for _, seen := range keys[:min(n, len(keys))] {
			s.failed = s.failed || seen == key
		}
		if s.failed || n == len(keys) {
			s.failed = true
			return
		}
		keys[n] = key
		member(key)
		if s.peek() != ',' {
			s.byte('}')
			return
		}
		s.at++
	}
}

func (s *scanner) peek() byte {
	if s.failed || s.at >= len(s.text) {
		return 0
	}
	return s.text[s.at]
}

func (s *scanner) byte(c byte) {
	if s.peek() != c {
		s.failed = true
		return
	}
	s.at++
}

func (s *scanner) string() string {
	s.byte('"')
	start, plain := s.at, true
	for ; ; s.at++ {
		switch c := s.peek(); {
		case c == '"':
			token := s.text[start:s.at]
			s.at++
			return s.unquoted(token, plain)
		case c < ' ':
			s.failed = true
			return ""
		case c == '\\':
			s.at++
			plain = false
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
}

// unquoted returns the text of a string token without its quotes.
func (s *scanner) unquoted(token string, plain bool) string {
	switch {
	case plain:
		return token
	case !utf8.ValidString(token):
		s.failed = true
		return ""
	case !strings.Contains(token, `\`):
		return token
	}
	var text string
	if json.Unmarshal([]byte(`"`+token+`"`), &text) != nil {
		s.failed = true
	}
	return text
}

func (s *scanner) time() time.Time {
	var t time.Time
	var buf [len(time.RFC3339Nano) + 8]byte
	if token := s.string(); t.UnmarshalText(append(buf[:0], token...)) != nil {
		s.failed = true
	}
	return utc(t)
}

func (s *scanner) value() Value {
	switch s.peek() {
	case '"':
		return Text(s.string())
	case 't':
		s.word("true")
		return Bool(true)
	case 'f':
		s.word("false")
		return Bool(false)
	}
	return s.number()
}

func (s *scanner) word(w string) {
	if !strings.HasPrefix(s.text[s.at:], w) {
		s.failed = true
		return
	}
	s.at += len(w)
}

// number accepts what JSON calls a number, which is less than ParseFloat does.
func (s *scanner) number() Value {
	start := s.at
	if s.peek() == '-' {
		s.at++
	}
	if s.peek() == '0' {
		s.at++
	} else {
		s.digits()
	}
	if s.peek() == '.' {
		s.at++
		s.digits()
	}
	if c := s.peek(); c == 'e' || c == 'E' {
		s.at++
		if c := s.peek(); c == '+' || c == '-' {
			s.at++
		}
		s.digits()
	}
	v, err := strconv.ParseFloat(s.text[start:s.at], 64)
	s.failed = s.failed || err != nil
	return Number(v)
}

func (s *scanner) digits() {
	start := s.at
	for c := s.peek(); '0' <= c && c <= '9'; c = s.peek() {
		s.at++
	}
	s.failed = s.failed || s.at == start
}
