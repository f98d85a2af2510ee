package mqtt

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

// refusal is what a broker grants in place of a QoS when it refuses.
const refusal = 0x80

// request is a filter and the QoS that is asked for it.
type request struct {
	filter string
	qos    byte
}

// grants is what the broker answered, by filter.
type grants map[string]byte

func (l *link) subscribe(ctx context.Context, asked []request) (grants, error) {
	filters := make(map[string]byte, len(asked))
	for _, r := range asked {
		filters[r.filter] = r.qos
	}
	token := l.client.SubscribeMultiple(filters, nil)
	timer := time.NewTimer(answerWithin)
	defer timer.Stop()
	select {
	case <-token.Done():
	case <-l.lost:
		return nil, l.cause
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, fmt.Errorf("subscribe: %w", errNoAnswer)
	}
	if err := token.Error(); err != nil {
		return nil, fmt.Errorf("subscribe: %w", err)
	}
	granted := make(grants, len(asked))
	answers := token.(*paho.SubscribeToken).Result()
	for _, r := range asked {
		qos, known := answers[r.filter]
		if !known {
			// paho names shared subscriptions by their plain filter.
			qos = answers[unshared(r.filter)]
		}
		granted[r.filter] = qos
	}
	return granted, nil
}

// refused lists what was asked and not granted.
func (g grants) refused(asked []request) []request {
	var refused []request
	for _, r := range asked {
		if g[r.filter] >= refusal {
			refused = append(refused, r)
		}
	}
	return refused
}

// sentence tells what was granted, or as an error what was not.
func (g grants) sentence(url string, asked []request) (string, error) {
	if refused := g.refused(asked); len(refused) > 0 {
		names := make([]string, len(refused))
		for i, r := range refused {
			names[i] = strconv.Quote(r.filter)
		}
		return "", fmt.Errorf("%s: connected, but the broker refuses %d of %d subscriptions: %s; allow this user to read them in its access list",
			url, len(refused), len(asked), strings.Join(names, ", "))
	}
	plural := "s"
	if len(asked) == 1 {
		plural = ""
	}
	detail := fmt.Sprintf("%s: connected, %d subscription%s granted", url, len(asked), plural)
	for _, r := range asked {
		switch qos := g[r.filter]; {
		case qos < r.qos:
			detail += fmt.Sprintf("; %q with QoS %d only, not %d", r.filter, qos, r.qos)
		case qos == 0:
			detail += fmt.Sprintf("; %q with QoS 0, which may lose messages", r.filter)
		}
	}
	return detail, nil
}
