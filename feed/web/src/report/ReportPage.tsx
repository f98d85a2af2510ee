import { useEffect, useState } from 'preact/hooks'
import type { Draft } from '../api/types'
import { byPlace } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useActs } from '../post/acts'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useOnce } from '../shell/once'
import { usePoll } from '../shell/poll'
import { go, idOf, postPath } from '../shell/route'
import { homeOf, useSession, workplaceOf } from '../shell/session'
import { ArticleForm } from './ArticleForm'
import { KindTiles, type Subject } from './KindTiles'
import { HelpForm } from './HelpForm'
import { Place } from './Place'
import { QuestionForm } from './QuestionForm'
import { seed } from './seed'
import { points } from './points'
import { WordsForm } from './WordsForm'
import './report.css'

const minute = 60_000

const plant: Subject[] = [...points, 'help', 'question']
const store: Subject[] = ['article', 'idea', 'help', 'question']
const shops = ['store', 'aisle']

/** *Signaler*: what, where, in a few touches. */
export function ReportPage() {
  const { me, client, feed, say, asPerson } = useSession()
  const { attempt } = useActs()
  const { keyOf } = useOnce()
  const home = homeOf(me)
  const from = idOf('report')
  const role = home === 'aisle' ? 'staff' : home === 'line' ? 'operator' : undefined
  const grant = workplaceOf(me, role)
  const [about] = useState(seed.peek())
  useEffect(() => void (seed.value = undefined), [])
  const [place, setPlace] = useState(about?.territory ?? grant.territory)
  const [subject, setSubject] = useState<Subject | undefined>(about ? about.kind : from ? 'help' : home === 'aisle' ? 'article' : undefined)
  const places = (usePoll(client.territories, minute, lang.value) ?? []).filter((t) => t.kind !== 'machine').sort(byPlace)
  const kind = places.find((t) => t.path === place)?.kind ?? grant.kind
  const subjects = shops.includes(kind) ? store : plant
  const chosen = subject && subjects.includes(subject) ? subject : undefined
  const page = useFocus<HTMLElement>()
  const w = words.value

  const deliver = (draft: Omit<Draft, 'territory'>): Promise<boolean> =>
    attempt(async () => {
      const from = about && draft.kind === about.kind ? { from: about.id } : {}
      const { post, joined } = await client.report({ ...draft, ...from, territory: place }, keyOf({ ...draft, place, photos: draft.photos?.map((p) => p.size) }))
      feed.confirm(post)
      go('/')
      say({ text: joined ? w.joined : w.sent, action: { label: w.open, run: () => go(postPath(post.id)) } })
    }, () => go('/'))
  // Only a person reports: a station asks who first.
  const send = async (draft: Omit<Draft, 'territory'>): Promise<boolean> => {
    if (!me.station) return deliver(draft)
    asPerson(() => void deliver(draft))
    return false
  }
  return (
    <main class="page report" ref={page} tabIndex={-1} aria-label={w.report}>
      <PageTop title={w.report} of={role && grant.name} />
      <LastNews />
      <div class="report-body">
        {about && <p class="about-seed">{w.circuits.about(asRead(about.title))}</p>}
        {!role && <Place places={places} chosen={place} onPick={setPlace} />}
        <KindTiles subjects={subjects} chosen={chosen} onPick={setSubject} />
        {chosen === 'article' && <ArticleForm send={send} />}
        {chosen === 'help' && <HelpForm key={place} territory={place} shop={shops.includes(kind)} from={from} send={send} />}
        {chosen === 'question' && <QuestionForm key={place} territory={place} shop={shops.includes(kind)} send={send} />}
        {chosen && chosen !== 'article' && chosen !== 'help' && chosen !== 'question' && (
          <WordsForm key={chosen + place} kind={chosen} territory={place} machines={kind === 'line' && chosen !== 'idea'} send={send} />
        )}
      </div>
    </main>
  )
}
