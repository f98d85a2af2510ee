// Package report counts: what came up at a place in a week or month, how soon it
// was seen to, what it cost, and whether that is better than before; and what a
// shift looks at in its short meeting. It writes the same figures as tables for
// spreadsheets. It reads rows of posts through [Reader] and knows nothing of SQL,
// HTTP or who may see what: whoever asks has asked that first.
//
// # Figures about people
//
// Figures of posts (delays, losses, causes) tell of conditions, and every one of
// them opens the posts behind it, which their readers see in the feed anyway.
// Figures of people ([feed.Engagement]) tell of nobody: they are about groups of
// at least [Least] different people, they open nothing, and no two of them may be
// subtracted until fewer are left. How, and against what:
//
//   - A small place: a figure is told where at least five different people
//     contributed to that very figure. Five who acted say nothing of an answer
//     rate that one of them made alone, so each figure has its own group.
//   - Parent minus children: what is left of a place without those places below it
//     that are told is a group of its own, and has at least five people too, or
//     nobody and nothing at all that anybody could have answered. Where it has
//     not, the smallest places below are not told either until it has. What is
//     not told hides all below it.
//   - Week minus month, or days by overlapping weeks: people are counted by month
//     only, and only in months that are over.
//   - Free filters: there are none. Places are those of the tree, periods those of
//     the calendar; groups, which overlap with places, have no figures.
//   - A place that moves or is renamed, a person who leaves or is erased: a month
//     is counted for all places at once, and once. Asked again later it gives the
//     same, so before minus after is nothing.
//   - Counting heads: the number of people is rounded down to a multiple of five,
//     so that one more or fewer is not seen; a person with ten acts, or at ten
//     places, is one. Rates are whole percents.
//
// What it does not hold against: somebody who knows what all others of the group
// did.
package report
