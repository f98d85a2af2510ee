package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// Roles by what they may do besides reading and writing, as the reference has
// them.
var (
	animating     = []feed.Role{feed.Animator, feed.Manager, feed.Admin}
	arranging     = []feed.Role{feed.Manager, feed.Animator, feed.Admin}
	inviting      = []feed.Role{feed.Lead, feed.Manager, feed.Admin}
	administering = []feed.Role{feed.Admin}
	auditing      = []feed.Role{feed.Auditor}
	fellows       = []feed.Role{feed.Insider, feed.Keeper}
	knowing       = append([]feed.Role{feed.Admin, feed.Auditor}, readers...)
)

// secret is something in a world that only some may know, and that is recognised
// wherever it is said: by its own word, which is nobody else's. In is where it is
// one, all reads when there are none.
type secret struct {
	word  string
	kind  string
	of    *world
	may   func() bool
	reads []string
}

var secrets = regexp.MustCompile(`w\d+-s\d+x`)

// secret makes a word that only who may is told, by the reads or by any.
func (w *world) secret(kind string, may func() bool, reads ...string) string {
	return w.keep(fmt.Sprintf("%s-s%dx", w.nodes[0].Path, len(w.words)), kind, may, reads...)
}

// keep makes of a word that there is a secret of another kind.
func (w *world) keep(word, kind string, may func() bool, reads ...string) string {
	w.words[word] = append(w.words[word], secret{word: word, kind: kind, of: w, may: may, reads: reads})
	return word
}

// tells holds what a read said against the secrets of all worlds.
func (w *world) tells(t *rapid.T, worlds []*world, name, address string, status int, body []byte, given map[string]int) {
	for _, word := range secrets.FindAll(unpacked(t, body), -1) {
		if status >= http.StatusBadRequest && strings.Contains(address, string(word)) {
			continue // a refusal may repeat what it was asked
		}
		for _, other := range worlds {
			for _, s := range other.words[string(word)] {
				if len(s.reads) > 0 && !slices.Contains(s.reads, name) {
					continue
				}
				require.True(t, other == w && s.may(), "%s gives the %s %s to %v: %s", address, s.kind, s.word, w.member.Grants, body)
				given["secret "+s.kind]++
			}
		}
	}
}

// hides counts the secrets that are none of the member's business: where there
// are none, a walk shows nothing.
func (w *world) hides(given map[string]int) {
	for _, all := range w.words {
		for _, s := range all {
			given["kept "+s.kind] += 0
			given["secret "+s.kind] += 0
			if !s.may() {
				given["kept "+s.kind]++
			}
		}
	}
}

// guarded are the reads of a place that only some get an answer from, whatever
// it says: a number is a secret too.
var guarded = map[string][]feed.Role{
	"GET /api/v1/launch": animating, "GET /api/v1/charter/figures": animating, "GET /api/v1/ambassadors": readers,
	"GET /api/v1/machines": readers, "GET /api/v1/causes": readers, "GET /api/v1/meeting": readers, "GET /api/v1/place": knowing,
}

// opens holds who got an answer against the reference.
func (w *world) opens(t *rapid.T, name, address string, status int) {
	roles, only := guarded[name]
	_, place, asked := strings.Cut(address, "territory=")
	if only && asked && status == http.StatusOK {
		place, _, _ = strings.Cut(place, "&")
		may := w.covered(feed.Path(place), roles...)
		if name == "GET /api/v1/machines" {
			may = w.around(feed.Path(place), roles...) // those below, where it is above
		}
		require.True(t, may, "%s answers %v", address, w.member.Grants)
	}
}
