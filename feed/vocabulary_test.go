package feed_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestWhatPeopleCallOtherwiseIsFound(t *testing.T) {
	t.Parallel()
	truck := feed.Profile{Member: feed.Member{Name: "Awa"}, Choices: feed.Choices{Open: true}, Skills: []feed.Skill{{Name: "Chariot élévateur / CACES"}}}
	shut := truck
	shut.Open = false
	aid := feed.Profile{Member: feed.Member{Name: "Marc"}, Choices: feed.Choices{Open: true}, Skills: []feed.Skill{{Name: "Secourisme"}}}
	words := feed.TradeVocabulary()
	finds := func(p feed.Profile, asked string) bool {
		return slices.ContainsFunc(words.Readings(strings.Fields(feed.SkillKey(asked))), p.Says)
	}
	for _, asked := range []string{"cariste", "Caristes", "caris", "forklift", "chariot elev", "awa cariste", "cariste awa"} {
		require.True(t, finds(truck, asked), asked)
		require.False(t, finds(aid, asked), asked)
		require.Equal(t, asked == "awa", finds(shut, asked), "what one does not show is not found by another word: %s", asked)
	}
	for _, asked := range []string{"first aid", "SST", "premiers secours", "secouriste"} {
		require.True(t, finds(aid, asked), asked)
	}
	for _, asked := range []string{"car", "marc cariste", "premiers"} {
		require.False(t, finds(aid, asked), asked)
	}
}

// Each name stands for one thing, and is written so that it can be found.
func TestTheVocabularyHasEachNameOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, names := range feed.TradeVocabulary() {
		for _, name := range names {
			key := strings.Join(name, " ")
			require.False(t, seen[key], "%q stands for two things", key)
			seen[key] = true
		}
	}
	require.Greater(t, len(seen), 100)
}
