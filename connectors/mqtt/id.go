package mqtt

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// stamp is what tells this message of a topic from every other.
//
// The payload's own id serves alone. A time or a sequence number is joined by
// a hash of the payload, since two readings may carry one second, and counters
// restart. A payload without any of them is stamped when it is received: if it
// is delivered again, after a restart, it is another event.
func (m *message) stamp(payload []byte, received time.Time) string {
	if m.id != "" {
		return m.id
	}
	b := make([]byte, 0, 64)
	switch {
	case !m.at.IsZero():
		b = strconv.AppendInt(b, m.at.UnixNano(), 10)
	case m.seq == "":
		b = strconv.AppendInt(append(b, 'r'), received.UnixNano(), 10)
	}
	if m.seq != "" {
		b = append(append(b, '#'), m.seq...)
	}
	return string(strconv.AppendUint(append(b, '-'), contentHash(payload), 16))
}

// eventID is readable while its parts are plain. Parts that could be mistaken
// for others, or are too long, are hashed.
func eventID(source, topic, signal, stamp string) pipeline.EventID {
	id := source + ":" + topic + ":" + signal + ":" + stamp
	if len(id) <= pipeline.MaxIDBytes && strings.Count(id, ":") == 3+strings.Count(source, ":") {
		return pipeline.EventID(id)
	}
	h := sha256.New()
	for _, part := range []string{topic, signal, stamp} {
		_, _ = h.Write(strconv.AppendInt(nil, int64(len(part)), 10))
		_, _ = h.Write([]byte(":" + part))
	}
	return pipeline.EventID(source + ":" + hex.EncodeToString(h.Sum(nil)))
}
