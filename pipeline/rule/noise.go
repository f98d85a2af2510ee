package rule

import "time"

// Of the alarms that one person can answer: about one in ten minutes is very
// likely acceptable, more than ten in ten minutes are a flood (EEMUA 191,
// ISA-18.2).
const (
	noiseEvery  = 10 * time.Minute
	noiseBurst  = 5
	floodSize   = 10
	floodWindow = 10 * time.Minute
)

// complete fills in what was left out.
func (n Noise) complete() Noise {
	n.Every, n.Window = n.Every.or(noiseEvery), n.Window.or(floodWindow)
	if n.Burst <= 0 {
		n.Burst = noiseBurst
	}
	if n.Flood <= 0 {
		n.Flood = floodSize
	}
	return n
}
