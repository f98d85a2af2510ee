package plantsim

import (
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

const (
	linePath  = "bottling/line-3"
	topicRoot = "plant/"

	ambient    = 22.0  // °C
	bufferSize = 300.0 // bottles between two machines: a minute and a half
	fillTarget = 500.4 // g, a little above what the label says
	fillNoise  = 0.35  // g, one standard deviation
	driftDepth = 3.4   // g that a worn nozzle falls short of
	scrapShare = 0.004 // of the bottles, on a good day
	scrapDrift = 1.5   // g short from which on far more are thrown out
)

// State of a machine, as its controller calls it.
type state string

const (
	running state = "running"
	stopped state = "stopped"
	starved state = "starved" // nothing comes in
	blocked state = "blocked" // nothing goes out
)

// machine is one station of the bottling line.
type machine struct {
	id, name string
	rated    float64 // bottles a minute; those behind the fillers are faster
	fills    bool

	state   state
	rate    float64
	temp    float64
	count   float64
	weight  float64 // of the last bottle; fillers only
	drift   float64 // g now missing
	driftTo float64 // g that will be missing
	ramp    float64 // g a second
	halted  bool
	silent  bool
}

// line is the bottling line: stations in order of flow, with a buffer behind
// each. The two fillers share theirs.
type line struct {
	random  *rand.Rand
	blower  *machine
	fillers []*machine
	rest    []*machine // labeller, wrapper, palletiser
	buffers []float64  // behind blower, fillers, labeller and wrapper
	scrap   float64    // bottles that the checkweigher threw out
	all     []*machine
}

func newLine(random *rand.Rand) *line {
	station := func(id, name string, rated float64) *machine {
		return &machine{id: id, name: name, rated: rated, state: running, temp: ambient + 20}
	}
	l := &line{
		random:  random,
		blower:  station("blower", "Souffleuse", 240),
		fillers: []*machine{station("filler-1", "Remplisseuse 1", 105), station("filler-2", "Remplisseuse 2", 105)},
		rest:    []*machine{station("labeller", "Étiqueteuse", 230), station("wrapper", "Fardeleuse", 245), station("palletiser", "Palettiseur", 260)},
		buffers: []float64{bufferSize / 2, bufferSize / 4, bufferSize / 4, bufferSize / 4},
	}
	for _, f := range l.fillers {
		f.fills = true
	}
	l.all = append(append([]*machine{l.blower}, l.fillers...), l.rest...)
	return l
}

// advance moves bottles from the end of the line to its start, so that room
// made downstream is used in the same step.
func (l *line) advance(dt time.Duration) {
	for i := len(l.rest) - 1; i >= 0; i-- {
		room := math.Inf(1) // pallets are taken away
		if i+2 < len(l.buffers) {
			room = bufferSize - l.buffers[i+2]
		}
		flow := l.run(l.rest[i], dt, l.buffers[i+1], room)
		l.buffers[i+1] -= flow
		if i+2 < len(l.buffers) {
			l.buffers[i+2] += flow
		}
	}
	for i, f := range l.fillers {
		share := float64(len(l.fillers) - i) // what is left is shared by those not yet served
		flow := l.run(f, dt, l.buffers[0]/share, (bufferSize-l.buffers[1])/share)
		bad := flow * scrapShare
		if f.drift > scrapDrift {
			bad *= 8
		}
		l.scrap += bad
		l.buffers[0] -= flow
		l.buffers[1] += flow - bad
		l.weigh(f, dt)
	}
	l.buffers[0] += l.run(l.blower, dt, math.Inf(1), bufferSize-l.buffers[0])
}

// run lets a machine work for dt on what comes in, into the room behind it,
// and returns the bottles it passed on.
func (l *line) run(m *machine, dt time.Duration, in, room float64) float64 {
	seconds := dt.Seconds()
	can := m.rated / 60 * seconds * (1 + 0.004*l.random.NormFloat64())
	flow := max(0, min(can, in, room))
	switch {
	case m.halted:
		flow, m.state = 0, stopped
	case flow > 0.3*can:
		m.state = running
	case room < in:
		m.state = blocked
	default:
		m.state = starved
	}
	m.rate = flow / seconds * 60
	m.count += flow
	warm := ambient
	if m.state == running {
		warm += 23
	}
	m.temp += (warm-m.temp)*(1-math.Exp(-seconds/600)) + 0.03*l.random.NormFloat64()
	return flow
}

// weigh wears the nozzle and weighs a bottle.
func (l *line) weigh(m *machine, dt time.Duration) {
	change := m.ramp * dt.Seconds()
	m.drift += max(-change, min(change, m.driftTo-m.drift))
	m.weight = fillTarget - m.drift + fillNoise*l.random.NormFloat64()
}

// plant begins a fault and returns the machine it befell.
func (l *line) plant(kind FaultKind, live bool) string {
	var m *machine
	switch kind {
	case Drift:
		m = l.fillers[l.random.IntN(len(l.fillers))]
		m.driftTo, m.ramp = driftDepth, driftDepth/150
		if live {
			m.ramp = driftDepth / 25
		}
	case LineStop:
		m = l.pick(l.blower, l.rest[0], l.rest[1])
		m.halted = true
	default:
		m = l.pick(l.rest...)
		m.silent = true
	}
	return m.path()
}

// pick draws a machine that nothing else befell.
func (l *line) pick(of ...*machine) *machine {
	for {
		if m := of[l.random.IntN(len(of))]; !m.halted && !m.silent {
			return m
		}
	}
}

// lift ends a fault.
func (l *line) lift(kind FaultKind) {
	for _, m := range l.all {
		switch kind {
		case Drift:
			m.driftTo, m.ramp = 0, driftDepth/20
		case LineStop:
			m.halted = false
		default:
			m.silent = false
		}
	}
}

// made is how many bottles left the line.
func (l *line) made() float64 { return l.rest[len(l.rest)-1].count }

// state is that of the line as a whole, which is what its fillers do, and what
// stopped it.
func (l *line) state() (s state, cause string) {
	for _, m := range l.all {
		if m.halted {
			cause = m.trouble()
		}
	}
	for _, f := range l.fillers {
		if f.state == running {
			return running, ""
		}
	}
	return stopped, cause
}

// trouble is what usually stops the machine, as its controller calls it.
func (m *machine) trouble() string {
	switch m.id {
	case "blower":
		return "Préforme coincée"
	case "labeller":
		return "Fin de bobine"
	case "wrapper":
		return "Film cassé"
	}
	return "Bourrage"
}

func (m *machine) path() string { return linePath + "/" + m.id }

func (m *machine) topic() string { return topicRoot + m.path() + "/telemetry" }

// tell publishes the telemetry of every machine that speaks.
func (l *line) tell(at time.Time, emit func(Message) error) error {
	for _, m := range l.all {
		if m.silent {
			continue
		}
		if err := emit(MQTT{Topic: m.topic(), Payload: m.appendTelemetry(make([]byte, 0, 128), at), At: at}); err != nil {
			return err
		}
	}
	return emit(MQTT{Topic: topicRoot + linePath + "/line", Payload: l.appendTelemetry(make([]byte, 0, 128), at), At: at})
}

// appendTelemetry writes what the line's own controller sends.
func (l *line) appendTelemetry(b []byte, at time.Time) []byte {
	s, cause := l.state()
	b = at.AppendFormat(append(b, `{"ts":"`...), "2006-01-02T15:04:05.000Z07:00")
	b = append(append(append(b, `","state":"`...), s...), `","cause":"`...)
	b = append(append(b, cause...), '"')
	b = strconv.AppendInt(append(b, `,"good":`...), int64(l.made()), 10)
	b = strconv.AppendInt(append(b, `,"scrap":`...), int64(l.scrap), 10)
	return append(b, '}')
}

// appendTelemetry writes what a controller sends each second. A filler that
// fills nothing weighs nothing.
func (m *machine) appendTelemetry(b []byte, at time.Time) []byte {
	b = at.AppendFormat(append(b, `{"ts":"`...), "2006-01-02T15:04:05.000Z07:00")
	b = append(append(append(b, `","state":"`...), m.state...), '"')
	b = strconv.AppendFloat(append(b, `,"rate":`...), m.rate, 'f', 1, 64)
	if m.fills && m.state == running {
		b = strconv.AppendFloat(append(b, `,"weight":`...), m.weight, 'f', 2, 64)
	}
	b = strconv.AppendFloat(append(b, `,"temp":`...), m.temp, 'f', 1, 64)
	b = strconv.AppendInt(append(b, `,"count":`...), int64(m.count), 10)
	return append(b, '}')
}
