package replay

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fildefer/fildefer/pipeline"
)

// maxSamples bounds what a shorthand may unfold to.
const maxSamples = 1_000_000

// sample is one reading of a series. A missing one is not sent.
type sample struct {
	missing bool
	value   pipeline.Value
	quality pipeline.Quality
}

// unfold reads a series, in a shorthand after that of promtool:
//
//	70          one reading, 70
//	70x10       ten of them
//	70+1x5      five that rise: 70 71 72 73 74
//	70-1x5      five that fall
//	running     a text; 'mix 2'x3 in quotes where it has spaces or ends like x3
//	true        a truth value
//	_ or _x4    nothing is sent
//	bad         the last value, with bad quality; uncertain too
//	(85x5 70)x2 all of it, twice
func unfold(text string) ([]sample, error) {
	s := &seriesText{text: text}
	list, err := s.items(false)
	if err != nil {
		return nil, fmt.Errorf("series %q: %w", text, err)
	}
	last := pipeline.Value{}
	for i := range list { // bad quality comes with the last value
		switch {
		case list[i].quality != "":
			list[i].value = last
		case !list[i].missing:
			last = list[i].value
		}
	}
	return list, nil
}

type seriesText struct {
	text string
	at   int
}

func (s *seriesText) items(group bool) (list []sample, err error) {
	for {
		s.at += len(s.text[s.at:]) - len(strings.TrimLeft(s.text[s.at:], " \t\n"))
		if s.at == len(s.text) {
			if group {
				return nil, fmt.Errorf("a bracket is not closed")
			}
			return list, nil
		}
		if s.text[s.at] == ')' {
			if !group {
				return nil, fmt.Errorf("a bracket is closed that was not opened")
			}
			return list, nil
		}
		more, err := s.item()
		if err != nil {
			return nil, err
		}
		if list = append(list, more...); len(list) > maxSamples {
			return nil, fmt.Errorf("it has more than %d readings", maxSamples)
		}
	}
}

func (s *seriesText) item() ([]sample, error) {
	var part []sample
	switch s.text[s.at] {
	case '(':
		s.at++
		var err error
		if part, err = s.items(true); err != nil {
			return nil, err
		}
		s.at++
	case '\'':
		end := strings.IndexByte(s.text[s.at+1:], '\'')
		if end < 0 {
			return nil, fmt.Errorf("a quote is not closed")
		}
		part = []sample{{value: pipeline.Text(s.text[s.at+1 : s.at+1+end])}}
		s.at += end + 2
	default:
		return s.word()
	}
	times := s.rest()
	if times == "" {
		return part, nil
	}
	n, ok := strings.CutPrefix(times, "x")
	count, err := strconv.Atoi(n)
	if !ok || err != nil || count < 0 || count > maxSamples/max(1, len(part)) {
		return nil, fmt.Errorf("%q says how often badly; write x3", times)
	}
	var list []sample
	for range count {
		list = append(list, part...)
	}
	return list, nil
}

// rest is what follows up to the next space or bracket.
func (s *seriesText) rest() string {
	end := strings.IndexAny(s.text[s.at:], " \t\n()")
	if end < 0 {
		end = len(s.text) - s.at
	}
	word := s.text[s.at : s.at+end]
	s.at += end
	return word
}

// word is a reading, a ramp of them, or several times the same.
func (s *seriesText) word() ([]sample, error) {
	word := s.rest()
	base, count := word, 1
	if i := strings.LastIndexByte(word, 'x'); i > 0 {
		if n, err := strconv.Atoi(word[i+1:]); err == nil && n >= 0 {
			base, count = word[:i], n
		}
	}
	if count > maxSamples {
		return nil, fmt.Errorf("%q has more than %d readings", word, maxSamples)
	}
	first, step := base, 0.0
	if i := strings.LastIndexAny(base, "+-"); i > 0 && base[i-1] != 'e' {
		_, numeric := strconv.ParseFloat(base[:i], 64)
		if v, err := strconv.ParseFloat(base[i:], 64); err == nil && numeric == nil {
			first, step = base[:i], v
		}
	}
	list := make([]sample, count)
	for i := range list {
		list[i] = reading(first, float64(i)*step)
	}
	return list, nil
}

func reading(word string, more float64) sample {
	switch word {
	case "_":
		return sample{missing: true}
	case string(pipeline.Bad), string(pipeline.Uncertain):
		return sample{quality: pipeline.Quality(word)}
	case "true", "false":
		return sample{value: pipeline.Bool(word == "true")}
	}
	if v, err := strconv.ParseFloat(word, 64); err == nil {
		return sample{value: pipeline.Number(v + more)}
	}
	return sample{value: pipeline.Text(word)}
}
