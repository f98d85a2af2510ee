package feed_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestAnAnswerIsTheSameInBothLanguages(t *testing.T) {
	t.Parallel()
	w := feed.NewWording(feed.Text{FR: "Buse encrassée", EN: "Clogged nozzle"}, feed.Text{FR: "Film cassé", EN: "Film cassé"}, feed.Text{FR: "Seule"})
	require.Equal(t, w.Key("Buse encrassée"), w.Key(" clogged  nozzle"))
	require.NotEqual(t, w.Key("Buse encrassée"), w.Key("Buse usée"))
	require.Equal(t, "Clogged nozzle", w.In(feed.English, "buse encrassee"))
	require.Equal(t, "Buse encrassée", w.In(feed.French, "Clogged nozzle"))
	require.Equal(t, "Film cassé", w.In(feed.English, "Film cassé"), "said alike in both")
	require.Equal(t, "Seule", w.In(feed.English, "Seule"), "as it was said where nobody offered it otherwise")
	require.Equal(t, feed.Text{FR: "Courroie"}, w.Of(" Courroie "))
}

func TestWhatTheScreensOfferIsKnownInBothLanguages(t *testing.T) {
	t.Parallel()
	w := feed.NewWording(feed.UsualAnswers()...)
	quoted := regexp.MustCompile(`'([^']+)'`)
	offered := map[feed.Lang][]string{}
	for _, lang := range []feed.Lang{feed.French, feed.English} {
		words, err := os.ReadFile("web/src/i18n/" + string(lang) + ".ts")
		require.NoError(t, err)
		block := regexp.MustCompile(`(?s)\n  causes: \{(.*?)\n  \}`).FindSubmatch(words)
		require.Len(t, block, 2, "the causes of %s.ts", lang)
		for _, m := range quoted.FindAllSubmatch(block[1], -1) {
			offered[lang] = append(offered[lang], string(m[1]))
		}
	}
	require.NotEmpty(t, offered[feed.French])
	require.Len(t, offered[feed.English], len(offered[feed.French]))
	for i, said := range offered[feed.French] {
		require.Equal(t, offered[feed.English][i], w.In(feed.English, said))
		require.Equal(t, said, w.In(feed.French, offered[feed.English][i]))
	}
}
