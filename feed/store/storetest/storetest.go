// Package storetest decides what a store is: Run holds any database to the same
// promises, and Postgres gives a test a database of its own. It is for tests
// only.
package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// The people and the place of the suite.
var (
	plant = []feed.Territory{
		{Path: "lyon", Name: "Lyon", Kind: feed.Site},
		{Path: "lyon/line-1", Name: "Ligne 1", Kind: feed.Line},
		{Path: "lyon/line-1/filler", Name: "Remplisseuse", Kind: feed.Machine, Target: 18000},
		{Path: "lyon/line-2", Name: "Ligne 2", Kind: feed.Line},
		{Path: "shop", Name: "Villeurbanne", Kind: feed.Store},
		{Path: "shop/drinks", Name: "Boissons", Kind: feed.Aisle},
	}
	manager  = feed.Member{ID: "manager", Name: "Inès", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Manager}, {Territory: "shop", Role: feed.Manager}}}
	operator = feed.Member{ID: "operator", Name: "Karim", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon/line-1", Role: feed.Operator}}}
	staff    = feed.Member{ID: "staff", Name: "Léa", Lang: feed.English, Grants: []feed.Grant{{Territory: "shop/drinks", Role: feed.Staff}}}

	noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
)

// Run holds the stores that open returns, each of them empty, to what a store
// promises.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	for name, test := range map[string]func(*testing.T, *bench){
		"a machine's post lives":                       aPostLives,
		"a report joins the machine's post":            aReportJoinsTheMachine,
		"a machine joins a person's report":            aMachineJoinsTheReport,
		"a report that a rule joined is steered too":   aJoinedReportIsSteered,
		"two rules keep their posts":                   twoRulesKeepTheirPosts,
		"reports at once make one post":                reportsAtOnceMakeOnePost,
		"a key of a request makes one post":            anIdempotencyKeyMakesOnePost,
		"a join sent again joins once":                 aJoinSentAgainJoinsOnce,
		"a key stands for one request":                 aKeyStandsForOneRequest,
		"reactions are counted once":                   reactionsCountOnce,
		"a batch is kept whole or not at all":          aBatchIsWhole,
		"a later claim fences the earlier one":         aClaimFences,
		"a batch that was committed changes nothing":   aBatchCountsOnce,
		"a stream read again changes nothing":          aStreamReadAgainChangesNothing,
		"batches of any size tell the same story":      anySplitTellsTheSameStory,
		"an update read again is no step back":         anUpdateReadAgainIsNoStepBack,
		"rule states are kept by shard":                statesAreKept,
		"a trace keeps thirty minutes":                 aTraceKeepsThirtyMinutes,
		"the curve of a post is frozen when it ends":   aCurveFreezes,
		"no text of a machine stops a batch":           noTextStopsABatch,
		"changes are numbered in the order of commits": changesAreNumbered,
		"no reader passes over a change":               noReaderPassesOverAChange,
		"the feed is a sorted walk":                    theFeedIsASortedWalk,
		"no post leaves its scope":                     noPostLeavesItsScope,
		"messages leave in order":                      messagesLeaveInOrder,
		"places are counted and listed in scope":       placesAreScoped,
		"machines show their vitals":                   machinesShowTheirVitals,
		"members come and go":                          membersComeAndGo,
		"a code pairs one device once":                 aCodePairsOnce,
		"a code typed twice at once pairs one":         aCodeTypedTwiceAtOncePairsOne,
		"another code moves a device":                  anotherCodeMovesADevice,
		"a revoked device is dead":                     aRevokedDeviceIsDead,
		"a badge is one person's":                      aBadgeIsOnePersons,
		"an account is one member's for ever":          anAccountIsOneMembersForEver,
		"an account is linked once":                    anAccountIsLinkedOnce,
		"roles follow the account":                     rolesFollowTheAccount,
		"an ended account shuts its member out":        anEndedAccountShutsItsMemberOut,
		"the audit log is a chain":                     theAuditLogIsAChain,
		"a seal is made once":                          aSealIsMadeOnce,
		"a transaction that fails leaves nothing":      aFailureLeavesNothing,
		"all that a post shows is kept":                allIsKept,
		"only what people are told of rises":           onlyBumpsRise,
		"an unstable post says so once":                anUnstablePostSaysSoOnce,
		"a latched post waits for a person":            aLatchedPostWaits,
		"a shelf has a reason and a limit":             aShelfIsLimited,
		"a shelf ends when its time is over":           aShelfEnds,
		"a shelf ends though nobody is told":           aShelfEndsInSilence,
		"what was resolved too early opens again":      aResolvedPostOpensAgain,
		"the first-out may turn out late":              theFirstOutMayTurnOut,
		"a shelf is told to each condition":            aShelfIsToldToEach,
		"out of service is a lead's":                   outOfServiceIsALeads,
		"a rule that changed retires its post":         aChangedRuleRetires,
		"nobody answers and somebody else is asked":    anEscalationAsks,
		"what people do goes into the stream":          actsLeave,
		"acts in any order keep a post in one piece":   actsKeepAPostInOnePiece,
		"what was taken is given back":                 whatWasTakenIsGivenBack,
		"the next post shows the last solution":        thePastIsShown,
		"noise is counted once a person":               noiseCountsOnce,
		"ghosts haunt only those who ask":              ghostsAreAskedFor,
		"a ghost leaves alone what ended":              aGhostLeavesWhatEndedAlone,
		"a ghost leaves alone what is solved":          aGhostLeavesWhatIsSolvedAlone,
		"what holds is not hidden for good":            whatHoldsIsNotHidden,
		"a shadow has one reader":                      aShadowHasOneReader,
		"a decision wins over the configuration":       aDecisionWins,
		"what is held back is listed":                  whatIsHeldIsListed,
		"what was held back is forgotten":              whatWasHeldIsForgotten,
		"a handover fills its sheet":                   aHandoverFillsItsSheet,
		"a busy shift is handed over too":              aBusyShiftIsHandedOver,
		"a handover is signed by two people":           aHandoverIsSignedByTwo,
		"a sheet is read at any time":                  aSheetIsReadAtAnyTime,
		"answers of a topic are ranked":                answersOfATopicAreRanked,
		"answers are suggested by what was common":     answersAreSuggested,
		"figures of rules are of a scope":              figuresAreScoped,
		"alerts hang on the production of their line":  alertsHangOnProduction,
		"a shadow is compared with its rule":           aShadowIsCompared,
		"a keyed act is done once":                     aKeyedActIsDoneOnce,
		"a keyed act that changed nothing is kept":     aKeyedActThatChangedNothingIsKept,
		"retries of acts count once":                   retriesOfActsCountOnce,
		"typed times are kept":                         typedTimesAreKept,
		"a clock is believed within reason":            aClockIsBelievedWithinReason,
		"a late act undoes nothing":                    aLateActUndoesNothing,
		"own acts arrive in their order":               ownActsArriveInOrder,
		"a late cause does not end what came back":     aLateCauseDoesNotEndWhatCameBack,
		"a shelf comes again under its key":            aShelfComesAgainUnderItsKey,
		"photos go with words":                         photosGoWithWords,
		"a report that joins shows its photo":          aReportThatJoinsShowsItsPhoto,
		"a seal is its member's":                       aSealIsItsMembers,
		"a role is asked by a person":                  aRoleIsAsked,
		"places have a pulse":                          placesHaveAPulse,
		"an ambassador says yes":                       anAmbassadorSaysYes,
		"an ambassador welcomes":                       anAmbassadorWelcomes,
		"an ambassador nudges":                         anAmbassadorNudges,
		"places that need a hand are listed":           placesThatNeedAHandAreListed,
		"a silence is told once":                       aSilenceIsToldOnce,
		"a silence is its animator's":                  aSilenceIsItsAnimators,
		"an animator who leaves is missed":             anAnimatorWhoLeavesIsMissed,
		"an article is as the ERP says":                anArticleIsAsTheERPSays,
		"a sale counts once":                           aSaleCountsOnce,
		"old sales are forgotten":                      oldSalesAreForgotten,
		"threads on an article are scoped":             threadsOnAnArticleAreScoped,
		"a stock-out has steps":                        aStockOutHasSteps,
		"skills are shown by consent":                  skillsAreShownByConsent,
		"a skill is confirmed by a lead":               aSkillIsConfirmedByALead,
		"a population is found":                        aPopulationIsFound,
		"presence is of a place":                       presenceIsOfAPlace,
		"an absence has a delegate":                    anAbsenceHasADelegate,
		"expertise is suggested by consent":            expertiseIsSuggestedByConsent,
		"seen is counted among the present":            seenIsCountedAmongThePresent,
		"a call reaches those near":                    aCallReachesThoseNear,
		"the first to come helps":                      theFirstToComeHelps,
		"a call asks for a skill":                      aCallAsksForASkill,
		"a report made by mistake is withdrawn":        aReportIsWithdrawn,
		"a report takes the place of what ended":       aReportTakesThePlaceOfWhatEnded,
		"a withdrawal tells the rule that joined":      aWithdrawalTellsTheRule,
		"a mention reaches readers only":               aMentionReachesReadersOnly,
		"a role is called where it is present":         aRoleIsCalledWhereItIsPresent,
		"a text calls so many and no more":             aTextCallsSoManyAndNoMore,
		"authors are told of answers":                  authorsAreToldOfAnswers,
		"an answer is accepted":                        anAnswerIsAccepted,
		"words are changed with a trace":               wordsAreChangedWithATrace,
		"words are taken back":                         wordsAreTakenBack,
		"what is hidden is seen nowhere":               whatIsHiddenIsSeenNowhere,
		"a hidden post is quoted nowhere":              aHiddenPostIsQuotedNowhere,
		"a flag reaches who moderates":                 aFlagReachesWhoModerates,
		"a tag is a feed":                              aTagIsAFeed,
		"a post is recommended":                        aPostIsRecommended,
		"a guest's link ends":                          aGuestsLinkEnds,
		"tricks in words are dropped":                  tricksInWordsAreDropped,
		"an import is whole or nothing":                anImportIsWholeOrNothing,
		"a usage is installed once":                    aUsageIsInstalledOnce,
		"a usage that is cut off is completed":         aUsageThatIsCutOffIsCompleted,
		"a usage goes with what nobody touched":        aUsageGoesWithWhatNobodyTouched,
		"a checklist begins anew":                      aChecklistBeginsAnew,
		"a launch is computed":                         aLaunchIsComputed,
		"a charter is accepted or one reads":           aCharterIsAcceptedOrOneReads,
		"a place is edited":                            aPlaceIsEdited,
		"a place with open posts is not closed":        aPlaceWithOpenPostsIsNotClosed,
		"a place moves with its people":                aPlaceMovesWithItsPeople,
		"what is followed is a feed":                   whatIsFollowedIsAFeed,
		"who follows is told once":                     whoFollowsIsToldOnce,
		"what is put to a site is told to its lines":   whatIsPutToASiteIsToldToItsLines,
		"people come from a file together":             peopleComeFromAFileTogether,
		"a file reaches no further than its sender":    aFileReachesNoFurtherThanItsSender,
		"who came from a file is invited":              whoCameFromAFileIsInvited,
		"a rule asks those who are present":            aRuleAsksThosePresent,
		"a person asks a role":                         aPersonAsksARole,
		"what is taken is cleared for all":             whatIsTakenIsClearedForAll,
		"what is critical is told to leads":            whatIsCriticalIsToldToLeads,
		"a notification is read once":                  aNotificationIsReadOnce,
		"a letter says what was told last":             aLetterSaysWhatWasToldLast,
		"who leaves a place is told no more of it":     whoLeavesAPlaceIsToldNoMoreOfIt,
		"a proposal needs more than half":              aProposalNeedsMoreThanHalf,
		"who said nothing is not in a place":           whoSaidNothingIsNotInAPlace,
		"half against ends a proposal":                 halfAgainstEndsAProposal,
		"who proposes may withdraw":                    whoProposesMayWithdraw,
		"a proposal concerns who works at its places":  aProposalConcernsWhoWorksAtItsPlaces,
		"proposals to others hide nobody's":            proposalsToOthersHideNobodys,
		"a new place is not flat":                      aNewPlaceIsNotFlat,
		"a question is answered":                       aQuestionIsAnswered,
		"what solved something is ranked first":        whatSolvedIsRankedFirst,
		"what is taken back is not found":              whatIsTakenBackIsNotFound,
		"a search leaves no scope":                     aSearchLeavesNoScope,
		"searches come in order":                       searchesComeInOrder,
		"a word with many endings is found":            aWordWithManyEndingsIsFound,
		"a cursor of another question does no harm":    aCursorOfAnotherQuestionDoesNoHarm,
		"who keeps answering is suggested a place":     whoKeepsAnsweringIsSuggestedAPlaceOnce,
		"a group is joined and left":                   aGroupIsJoined,
		"a group invites and hides":                    aGroupInvites,
		"a group keeps a keeper":                       aGroupKeepsAKeeper,
		"an archived group is read":                    anArchivedGroupIsRead,
		"a group takes words only":                     aGroupTakesWordsOnly,
		"nothing of a group leaks":                     noGroupLeaks,
		"what is put to a place is read below":         whatIsPutToAPlaceIsReadBelow,
		"only who may publishes":                       onlyWhoMayPublishes,
		"a notice is read by each":                     aNoticeIsReadByEach,
		"a notice expires":                             aNoticeExpires,
		"a poll counts once":                           aPollCountsOnce,
		"an idea is decided once":                      anIdeaIsDecidedOnce,
		"an absent decider is replaced":                anAbsentDeciderIsReplaced,
		"a missed step escalates once":                 aMissedStepEscalatesOnce,
		"what is put off comes back":                   whatIsPutOffComesBack,
		"a merge gathers both":                         aMergeGathersBoth,
		"a question is put to somebody":                aQuestionIsPutToSomebody,
		"an accepted idea is done and helps":           anAcceptedIdeaIsDoneAndHelps,
		"an idea keeps what it was born of":            anIdeaKeepsWhatItWasBornOf,
		"what was decided opens again":                 whatWasDecidedOpensAgain,
		"a card is made of what was solved":            aCardIsMade,
		"a card shows itself on the next occurrence":   aCardShowsItself,
		"many posts are asked about cards at once":     manyPostsAreAskedAtOnce,
		"an author confirms no card of their own":      anAuthorConfirmsNoCard,
		"a word on a card is taken back":               aWordOnACardIsTakenBack,
		"a card stays where it is read":                aCardStaysWhereItIs,
		"a card helps once":                            aCardHelpsOnce,
		"a card ages":                                  aCardAges,
		"a card is rewritten":                          aCardIsRewritten,
		"a card of an article is for its store":        aCardOfAnArticleIsForItsStore,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newBench(t, open(t)))
		})
	}
}

// bench is a store with a plant, and people at work on it.
type bench struct {
	*store.Store
	service *feed.Service
	now     time.Time
}

func newBench(t *testing.T, s *store.Store) *bench {
	t.Helper()
	b := &bench{Store: s, now: noon}
	b.service = feed.NewService(s, b.clock)
	require.NoError(t, s.SetTerritories(t.Context(), plant))
	return b
}

func (b *bench) clock() time.Time { return b.now }

// desk is a claim on shard 0 and how far it has come.
type desk struct {
	b     *bench
	claim feed.Claim
	seq   uint64
}

func (b *bench) desk(t *testing.T) *desk {
	t.Helper()
	c, err := b.Claim(t.Context(), []int{0})
	require.NoError(t, err)
	return &desk{b, c, c.Positions[0]}
}

// batch is the next batch of the desk, with these notices.
func (d *desk) batch(notices ...feed.Notice) feed.Batch {
	return feed.Batch{
		Stream: "one", Epoch: d.claim.Epoch, Notices: notices,
		Positions: []feed.Position{{Shard: 0, From: d.seq, To: d.seq + 1}},
	}
}

func (d *desk) commit(t *testing.T, notices ...feed.Notice) {
	t.Helper()
	require.NoError(t, d.b.Commit(t.Context(), d.batch(notices...)))
	d.seq++
}

// notice is one of the filler's weight.
func notice(kind feed.NoticeKind, effect string, episode int64, at time.Time, value float64) feed.Notice {
	return feed.Notice{
		Effect: effect, Kind: kind, Key: "weight lyon/line-1/filler", Episode: episode, At: at,
		PostKind: feed.Alert, Topic: feed.Quality, Severity: feed.Major, Asset: "lyon/line-1/filler",
		Author: feed.Author{Kind: feed.ByMachine, Name: "Remplisseuse"}, Signal: "weight", Unit: "g",
		Bump:  kind == feed.Raise || kind == feed.Worsen,
		Value: &value, Title: feed.Text{FR: "{asset} : {value} g", EN: "{asset}: {value} g"},
		Values: feed.Values{"asset": "Remplisseuse", "value": value},
	}
}

func (b *bench) only(t *testing.T, scope feed.Scope, q feed.Query) *feed.Post {
	t.Helper()
	page, err := b.Feed(t.Context(), scope, q)
	require.NoError(t, err)
	require.Len(t, page.Posts, 1)
	return page.Posts[0]
}
