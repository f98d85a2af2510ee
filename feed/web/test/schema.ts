// Nothing here runs: it compiles as long as the types that the screens use say
// what the server's document says. `npm run types` reads the document.
import type { components } from '../src/api/schema'
import type * as used from '../src/api/types'

type Schema = components['schemas']

/** True when both have the same keys and each can stand for the other. */
type Same<Used, Said> = [keyof Used, Used] extends [keyof Said, Said] ? ([keyof Said, Said] extends [keyof Used, Used] ? true : Said) : Said

type Agree<T extends true> = T

export type Agreed = [
  Agree<Same<used.Author, Schema['Author']>>,
  Agree<Same<used.Comment, Schema['Comment']>>,
  Agree<Same<used.Entry, Schema['Entry']>>,
  Agree<Same<used.Grant, Schema['Grant']>>,
  Agree<Same<used.Machine, Schema['Machine']>>,
  Agree<Same<used.Me, Schema['Me']>>,
  Agree<Same<used.Person, Schema['DemoMember']>>,
  Agree<Same<used.Post, Schema['Post']>>,
  Agree<Same<used.PostDetail, Schema['PostDetail']>>,
  Agree<Same<used.PostPage, Schema['PostPage']>>,
  Agree<Same<used.Provenance, Schema['Provenance']>>,
  Agree<Same<used.Signal, Schema['Signal']>>,
  Agree<Same<used.Source, Schema['Source']>>,
  Agree<Same<used.Territory, Schema['Territory']>>,
]
