package mqtt

import paho "github.com/eclipse/paho.mqtt.golang"

// WhatEnds gives a message to a link as paho does, and returns what that ended
// the link with.
func WhatEnds(m paho.Message) (taking, acknowledging error) {
	l := newLink()
	options, err := l.options(Config{URL: "mqtt://broker"})
	if err != nil {
		return err, err
	}
	options.DefaultPublishHandler(nil, m)
	taking = l.cause

	l = newLink()
	l.settle([]delivery{{Message: m}})
	close(l.settled)
	l.acknowledge()
	return taking, l.cause
}
