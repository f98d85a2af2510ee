package rule

import (
	"cmp"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	shelfSignal = "shelf"        // what people report of a shelf: "empty" or "filled"
	shelfTTL    = 12 * time.Hour // for how long such a report is believed
)

// stock holds while an article is out of stock and, with phantom, while the
// ERP counts some that a person does not find on the shelf. One condition: the
// post changes its kind when the one turns into the other.
type stock struct {
	AtMost  float64 `yaml:"at_most"`
	Phantom bool    `yaml:"phantom"`
	Titles  struct {
		StockOut Title `yaml:"stock_out"`
		Phantom  Title `yaml:"phantom"`
	} `yaml:"titles"`
}

type stockMemory struct {
	Known  bool      `json:"known,omitempty"`
	OnHand float64   `json:"on_hand,omitempty"`
	Empty  time.Time `json:"empty,omitzero"` // until when the shelf counts as reported empty; awake time
	// Label is what the ERP calls the article, for when a person's report,
	// which knows the code only, decides.
	Label string `json:"label,omitempty"`
}

func (k stock) traits() traits {
	t := traits{
		author: byERP, key: "sku", values: []string{"on_hand", "value", "limit"},
		memory: func() any { return &stockMemory{} }, ownTitles: true,
	}
	if k.Phantom {
		t.moreSignals = []string{shelfSignal}
	}
	return t
}

func (k stock) check(r *Rule) []fault {
	faults := r.checkTitle("titles.stock_out", k.Titles.StockOut)
	if k.Phantom {
		faults = append(faults, r.checkTitle("titles.phantom", k.Titles.Phantom)...)
	}
	if !isFinite(k.AtMost) {
		faults = append(faults, fault{"at_most", "write a finite number"})
	}
	return faults
}

func (k stock) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*stockMemory)
	was := *s
	if k.Phantom && ev.Signal == shelfSignal {
		switch said, _ := ev.Value.Text(); said {
		case "empty":
			s.Empty = m.awake.Add(shelfTTL)
		case "filled":
			s.Empty = time.Time{}
		default:
			return silent, false
		}
		return k.judge(s), *s != was
	}
	v, ok := numberOf(ev)
	if !ok {
		return unusable, false
	}
	s.Known, s.OnHand = true, v
	s.Label = cmp.Or(label(ev.Attr["label"]), s.Label)
	return k.judge(s), *s != was
}

func (k stock) judge(s *stockMemory) verdict {
	if k.postKind(s) == "" {
		return fine
	}
	return holds
}

func (k stock) postKind(s *stockMemory) string {
	switch {
	case !s.Known:
		return ""
	case s.OnHand <= k.AtMost:
		return postStockOut
	case !s.Empty.IsZero():
		return postPhantom
	}
	return ""
}

func (stock) due(mem any, _ bool) time.Time { return mem.(*stockMemory).Empty }

func (k stock) wake(mem any, _ moment) verdict {
	s := mem.(*stockMemory)
	s.Empty = time.Time{}
	return k.judge(s)
}

func (k stock) face(mem any, _ *pipeline.Event) face {
	s := mem.(*stockMemory)
	return face{PostKind: k.postKind(s), Value: reading{pipeline.Number(s.OnHand)}}
}

func (k stock) describe(mem any, e *Effect) {
	s := mem.(*stockMemory)
	if s.Label != "" {
		e.Values["article"] = s.Label
	}
	e.Values["on_hand"] = s.OnHand
	e.Values["value"] = e.Values["on_hand"]
	e.Values["limit"] = k.AtMost
	e.Limit = &k.AtMost
	title := k.Titles.StockOut
	if e.PostKind == postPhantom {
		title = k.Titles.Phantom
	}
	e.TitleFR, e.TitleEN = title.FR, title.EN
}
