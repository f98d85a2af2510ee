// Nothing here runs: it compiles as long as the types that the screens use say
// what the server's document says. `npm run types` reads the document.
import type { components } from '../src/api/schema'
import type * as article from '../src/api/article'
import type * as living from '../src/api/living'
import type * as rights from '../src/api/rights'
import type * as rule from '../src/api/rule'
import type * as used from '../src/api/types'

type Schema = components['schemas']

/** True when both have the same keys and each can stand for the other. */
type Same<Used, Said> = [keyof Used, Used] extends [keyof Said, Said] ? ([keyof Said, Said] extends [keyof Used, Used] ? true : Said) : Said

type Agree<T extends true> = T

export type Agreed = [
  Agree<Same<article.Article, Schema['Article']>>,
  Agree<Same<article.Found, Schema['Found']>>,
  Agree<Same<used.Step, Schema['Step']>>,
  Agree<Same<used.Author, Schema['Author']>>,
  Agree<Same<used.Comment, Schema['Comment']>>,
  Agree<Same<used.Entry, Schema['Entry']>>,
  Agree<Same<used.Grant, Schema['Grant']>>,
  Agree<Same<used.Machine, Schema['Machine']>>,
  Agree<Same<used.Me, Schema['Me']>>,
  Agree<Same<used.Person, Schema['Person']>>,
  Agree<Same<used.Post, Schema['Post']>>,
  Agree<Same<used.PostDetail, Schema['PostDetail']>>,
  Agree<Same<used.PostPage, Schema['PostPage']>>,
  Agree<Same<used.Provenance, Schema['Provenance']>>,
  Agree<Same<used.Pulse, Schema['Pulse']>>,
  Agree<Same<used.Signal, Schema['Signal']>>,
  Agree<Same<used.Source, Schema['Source']>>,
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
  Agree<Same<rights.Invitation, Schema['Invitation']>>,
  Agree<Same<rights.AuditLine, Schema['AuditLine']>>,
  Agree<Same<rights.OwnSession, Schema['OwnSession']>>,
  Agree<Same<rights.CompanyKey, Schema['CompanyKey']>>,
  Agree<Same<rights.Farewell, Schema['Farewell']>>,
  Agree<Same<used.Territory, Schema['Territory']>>,
]
