// Nothing here runs: it compiles as long as the types that the screens use say
// what the server's document says. `npm run types` reads the document.
import type { components } from '../src/api/schema'
import type * as balance from '../src/api/balance'
import type * as article from '../src/api/article'
import type * as group from '../src/api/group'
import type * as course from '../src/api/course'
import type * as life from '../src/api/life'
import type * as living from '../src/api/living'
import type * as people from '../src/api/people'
import type * as place from '../src/api/place'
import type * as proposal from '../src/api/proposal'
import type * as notification from '../src/api/notification'
import type * as rights from '../src/api/rights'
import type * as practice from '../src/api/practice'
import type * as search from '../src/api/search'
import type * as rule from '../src/api/rule'
import type * as talk from '../src/api/talk'
import type * as used from '../src/api/types'
import type * as usage from '../src/api/usage'

type Schema = components['schemas']

/** True when both have the same keys and each can stand for the other. */
type Same<Used, Said> = [keyof Used, Used] extends [keyof Said, Said] ? ([keyof Said, Said] extends [keyof Used, Used] ? true : Said) : Said

type Agree<T extends true> = T

export type Agreed = [
  Agree<Same<usage.Usage, Schema['Usage']>>,
  Agree<Same<usage.UsageInstalled, Schema['UsageInstalled']>>,
  Agree<Same<usage.Checklist, Schema['Checklist']>>,
  Agree<Same<usage.ChecklistItem, Schema['ChecklistItem']>>,
  Agree<Same<usage.LaunchStep, Schema['LaunchStep']>>,
  Agree<Same<usage.OpenCharter, Schema['OpenCharter']>>,
  Agree<Same<article.Article, Schema['Article']>>,
  Agree<Same<article.Found, Schema['Found']>>,
  Agree<Same<people.Colleague, Schema['Colleague']>>,
  Agree<Same<people.HelpCall, Schema['HelpCall']>>,
  Agree<Same<people.Skill, Schema['Skill']>>,
  Agree<Same<talk.Help, Schema['Help']>>,
  Agree<Same<balance.Balance, Schema['BalancePage']>>,
  Agree<Same<balance.Figures, Schema['Figures']>>,
  Agree<Same<balance.BehindPage, Schema['BehindPage']>>,
  Agree<Same<balance.Engagement, Schema['Engagement']>>,
  Agree<Same<balance.Meeting, Schema['MeetingPage']>>,
  Agree<Same<balance.MeetingCell, Schema['MeetingCell']>>,
  Agree<Same<life.PlaceNeeds, Schema['PlaceNeeds']>>,
  Agree<Same<life.PlaceNeed, Schema['PlaceNeed']>>,
  Agree<Same<life.Embassy, Schema['Embassy']>>,
  Agree<Same<life.OwnEmbassies, Schema['OwnEmbassies']>>,
  Agree<Same<course.Course, Schema['Course']>>,
  Agree<Same<course.Task, Schema['Task']>>,
  Agree<Same<course.DecisionList, Schema['DecisionList']>>,
  Agree<Same<practice.Practice, Schema['Practice']>>,
  Agree<Same<practice.PracticeList, Schema['PracticeList']>>,
  Agree<Same<practice.PracticeCounts, Schema['PracticeCounts']>>,
  Agree<Same<talk.Card, Schema['Card']>>,
  Agree<Same<search.Result, Schema['SearchResult']>>,
  Agree<Same<search.Results, Schema['SearchPage']>>,
  Agree<Same<used.Step, Schema['Step']>>,
  Agree<Same<used.Author, Schema['Author']>>,
  Agree<Same<used.Comment, Schema['Comment']>>,
  Agree<Same<used.Entry, Schema['Entry']>>,
  Agree<Same<used.Grant, Schema['Grant']>>,
  Agree<Same<used.Machine, Schema['Machine']>>,
  Agree<Same<used.Me, Schema['Me']>>,
  Agree<Same<notification.Notification, Schema['Notification']>>,
  Agree<Same<notification.TrialResult, Schema['TrialResult']>>,
  Agree<Same<used.Person, Schema['Person']>>,
  Agree<Same<used.Post, Schema['Post']>>,
  Agree<Same<used.PostDetail, Schema['PostDetail']>>,
  Agree<Same<used.PostPage, Schema['PostPage']>>,
  Agree<Same<used.Provenance, Schema['Provenance']>>,
  Agree<Same<used.Pulse, Schema['Pulse']>>,
  Agree<Same<used.Signal, Schema['Signal']>>,
  Agree<Same<used.Source, Schema['Source']>>,
  Agree<Same<group.Group, Schema['Group']>>,
  Agree<Same<proposal.Proposal, Schema['Proposal']>>,
  Agree<Same<proposal.Peer, Schema['Peer']>>,
  Agree<Same<group.GroupDetail, Schema['GroupDetail']>>,
  Agree<Same<group.Readership, Schema['Readership']>>,
  Agree<Same<living.Condition, Schema['Condition']>>,
  Agree<Same<living.Halt, Schema['Halt']>>,
  Agree<Same<living.Held, Schema['Held']>>,
  Agree<Same<living.Past, Schema['Past']>>,
  Agree<Same<living.Run, Schema['Run']>>,
  Agree<Same<living.Sheet, Schema['Sheet']>>,
  Agree<Same<living.SheetLine, Schema['SheetLine']>>,
  Agree<Same<living.Shelf, Schema['Shelf']>>,
  Agree<Same<rule.Diff, Schema['Diff']>>,
  Agree<Same<rule.Opening, Schema['Opening']>>,
  Agree<Same<rule.Picture, Schema['Picture']>>,
  Agree<Same<rule.Replay, Schema['Replay']>>,
  Agree<Same<rule.ReplayReport, Schema['ReplayReport']>>,
  Agree<Same<rule.Rule, Schema['Rule']>>,
  Agree<Same<talk.Talk, Schema['Talk']>>,
  Agree<Same<talk.Mention, Schema['Mention']>>,
  Agree<Same<talk.Hidden, Schema['Hidden']>>,
  Agree<Same<talk.Mentionable, Schema['Mentionable']>>,
  Agree<Same<talk.Guest, Schema['Guest']>>,
  Agree<Same<talk.GuestThread, Schema['GuestThread']>>,
  Agree<Same<talk.Version, Schema['Version']>>,
  Agree<Same<talk.Flag, Schema['Flag']>>,
  Agree<Same<rights.Invitation, Schema['Invitation']>>,
  Agree<Same<rights.PlannedPerson, Schema['PlannedPerson']>>,
  Agree<Same<rights.PeoplePlan, Schema['PeoplePlan']>>,
  Agree<Same<rights.AuditLine, Schema['AuditLine']>>,
  Agree<Same<rights.OwnSession, Schema['OwnSession']>>,
  Agree<Same<rights.CompanyKey, Schema['CompanyKey']>>,
  Agree<Same<rights.Farewell, Schema['Farewell']>>,
  Agree<Same<used.Territory, Schema['Territory']>>,
  Agree<Same<place.NamedPlace, Schema['NamedPlace']>>,
  Agree<Same<place.Setting, Schema['Setting']>>,
  Agree<Same<place.PlaceCharter, Schema['PlaceCharter']>>,
  Agree<Same<place.PlaceWord, Schema['PlaceWord']>>,
  Agree<Same<place.PlaceRule, Schema['PlaceRule']>>,
  Agree<Same<place.PlaceLink, Schema['PlaceLink']>>,
  Agree<Same<place.Candidate, Schema['Candidate']>>,
  Agree<Same<place.PlaceDetail, Schema['PlaceDetail']>>,
  Agree<Same<place.NeighbourPost, Schema['NeighbourPost']>>,
  Agree<Same<place.Neighbour, Schema['Neighbour']>>,
  Agree<Same<place.TreeChange, Schema['TreeChange']>>,
  Agree<Same<place.FileFault, Schema['TreeFault']>>,
  Agree<Same<place.TreePlan, Schema['TreePlan']>>,
  Agree<Same<place.Follow, Schema['Follow']>>,
]
