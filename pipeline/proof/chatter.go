package proof

import (
	"context"
	"time"

	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
	"github.com/fildefer/fildefer/pipeline/scene"
)

// plain is one limit with nothing but its sentence: calm must not depend on
// delays that somebody thought of.
const plain = `
rules:
- {id: level, kind: limit, signal: level, match: {asset: "**"}, high: 50, topic: maintenance, severity: minor,
   title: {fr: "{asset} : niveau {value|0}", en: "{asset}: level {value|0}"}}
`

// Chatter is what becomes of one signal that is bad every other ten seconds for
// so long.
type Chatter struct {
	Posts    int
	Bumps    int           // times that people were told again
	Unstable time.Duration // from the first bad value until the post said so; 0: it never did
}

// PlayChatter plays it to a plain limit.
func PlayChatter(ctx context.Context, length time.Duration) (Chatter, error) {
	set, err := replay.Compile([]replay.Document{{Name: "plain.yaml", Data: []byte(plain)}})
	if err != nil {
		return Chatter{}, err
	}
	var c Chatter
	bad := monday().Add(10 * time.Second)
	hear := func(effects []rule.Effect) {
		for i := range effects {
			if e := &effects[i]; e.Kind == rule.Unstable && c.Unstable == 0 {
				c.Unstable = e.At.Sub(bad)
			}
		}
	}
	report, _, err := play(ctx, set, scene.Chatter(monday(), length), replay.Options{Hear: hear})
	if err != nil {
		return c, err
	}
	c.Posts, c.Bumps = report.Posts, report.Bumps
	return c, nil
}
