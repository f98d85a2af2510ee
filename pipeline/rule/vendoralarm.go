package rule

import (
	"strconv"

	"github.com/fildefer/fildefer/pipeline"
)

// vendorAlarm is the kind "condition": an alarm that the source itself raises and
// clears, passed through as it is. No limit of ours is laid over it again. It
// listens to events of kind condition, each of which is the whole state of one
// alarm, in the terms of OPC UA Part 9:
//
//	active      "true" or "false"; without it the event's own truth value
//	severity    1 to 1000
//	message     without it the event's own text
//	acked       "true" or "false"
//	retain      "false": of no interest any more
//	enabled     "false": switched off on the server
//	suppressed  "true": suppressed or shelved on the server, where somebody
//	            decided that nobody is to be told
//	branch      not empty: an earlier state that only waits to be acknowledged
//
// The attribute that tells the alarms of one asset apart is "condition".
type vendorAlarm struct{}

// vendorMemory is the alarm when it was last active.
type vendorMemory struct {
	Active   bool     `json:"active,omitempty"`
	Acked    bool     `json:"acked,omitempty"`
	Severity int      `json:"severity,omitempty"`
	Message  string   `json:"message,omitempty"`
	Met      frontier `json:"met,omitzero"`
}

func (vendorAlarm) traits() traits {
	return traits{
		author: byMachine, key: "condition", anySignal: true,
		values: []string{"message", "condition", "acked", "server_severity"},
		memory: func() any { return &vendorMemory{} }, ownRepeats: true,
	}
}

func (vendorAlarm) check(*Rule) []fault { return nil }

func (vendorAlarm) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	if ev.Kind != pipeline.Condition || ev.Attr["branch"] != "" {
		return silent, false
	}
	s := mem.(*vendorMemory)
	if !s.Met.pass(ev.ID, m.at) {
		return silent, false
	}
	active, known := activeOf(ev)
	if !known || ev.Quality == pipeline.Bad {
		return unusable, true
	}
	s.Active = active && ev.Attr["retain"] != "false" && ev.Attr["enabled"] != "false" && ev.Attr["suppressed"] != "true"
	if s.Active {
		s.Acked, s.Message = ev.Attr["acked"] == "true", messageOf(ev)
		s.Severity, _ = strconv.Atoi(ev.Attr["severity"])
	}
	return s.verdict(), true
}

func (s *vendorMemory) verdict() verdict {
	if s.Active {
		return holds
	}
	return fine
}

func activeOf(ev *pipeline.Event) (active, known bool) {
	if said := ev.Attr["active"]; said != "" {
		active, err := strconv.ParseBool(said)
		return active, err == nil
	}
	return ev.Value.Bool()
}

// messageOf is the source's own words, cut to a bearable length.
func messageOf(ev *pipeline.Event) string {
	message := ev.Attr["message"]
	if said, ok := ev.Value.Text(); ok && message == "" {
		message = said
	}
	return cut(message, maxMessage)
}

// face shows a new acknowledgement on the server too, as a phase.
func (vendorAlarm) face(mem any, _ *pipeline.Event) face {
	s := mem.(*vendorMemory)
	f := face{PostKind: postAlert, Severity: vendorSeverity(s.Severity), Value: reading{pipeline.Text(s.Message)}}
	if s.Acked {
		f.Phase = "acked"
	}
	return f
}

// vendorSeverity puts the 1000 severities of OPC UA into four: its usual bands
// are low to 200, medium low to 400, medium to 600, medium high to 800 and high
// (OPC 40250-1 §6.6.1). What has none has the rule's.
func vendorSeverity(n int) string {
	switch {
	case n < 1 || n > 1000:
		return ""
	case n <= 200:
		return "info"
	case n <= 600:
		return "minor"
	case n <= 800:
		return "major"
	}
	return "critical"
}

func (vendorAlarm) describe(mem any, e *Effect) {
	s := mem.(*vendorMemory)
	e.Values["message"] = s.Message
	e.Values["condition"] = e.Event.Attr["condition"]
	e.Values["acked"] = strconv.FormatBool(s.Acked)
	if s.Severity > 0 {
		e.Values["server_severity"] = float64(s.Severity)
	}
}
