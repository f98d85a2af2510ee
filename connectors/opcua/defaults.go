package opcua

import (
	"cmp"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// Names of what the channel may be protected with, as OPC UA writes them.
const (
	policyNone           = "None"
	policyBasic256Sha256 = "Basic256Sha256"

	modeNone    = "None"
	modeSign    = "Sign"
	modeEncrypt = "SignAndEncrypt"
)

// What a key that is left out means. Queue times sampling bridges five
// publications, so that a short stall of the network loses nothing.
const (
	defaultPublishing   = 500 * time.Millisecond
	defaultKeepAlive    = 6
	defaultRetryMissing = time.Minute
	defaultReconnectMax = 30 * time.Second
	defaultSampling     = 250 * time.Millisecond
	defaultQueue        = 10
)

func (c *Config) publishing() time.Duration   { return cmp.Or(c.PublishingInterval, defaultPublishing) }
func (c *Config) keepAlive() uint32           { return cmp.Or(c.KeepAlive, defaultKeepAlive) }
func (c *Config) retryMissing() time.Duration { return cmp.Or(c.RetryMissing, defaultRetryMissing) }
func (c *Config) reconnectMax() time.Duration { return cmp.Or(c.ReconnectMax, defaultReconnectMax) }

func (s *Security) policy() string { return cmp.Or(s.Policy, policyNone) }

// mode follows the policy: who asks for a policy and names no mode gets the
// stronger one.
func (s *Security) mode() string {
	switch {
	case s.Mode != "":
		return s.Mode
	case s.policy() == policyNone:
		return modeNone
	}
	return modeEncrypt
}

func (s *Security) on() bool { return s.policy() != policyNone }

// String names the protection for operators: "None" or "Basic256Sha256, Sign".
func (s *Security) String() string {
	if !s.on() {
		return policyNone
	}
	return s.policy() + ", " + s.mode()
}

// or completes m with what d says where m says nothing.
func (m Monitoring) or(d Monitoring) Monitoring {
	sampling := defaultSampling
	m.Sampling = cmp.Or(m.Sampling, d.Sampling, &sampling)
	m.Queue = cmp.Or(m.Queue, d.Queue, defaultQueue)
	m.Deadband = cmp.Or(m.Deadband, d.Deadband)
	return m
}

func kindOr(k pipeline.Kind) pipeline.Kind { return cmp.Or(k, pipeline.Measure) }
