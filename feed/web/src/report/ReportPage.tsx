import { useState } from 'preact/hooks'
import type { Draft } from '../api/types'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useFocus } from '../shell/focus'
import { useOnce } from '../shell/once'
import { go, postPath } from '../shell/route'
import { homeOf, useSession } from '../shell/session'
import { ArticleForm } from './ArticleForm'
import { KindTiles, type Subject } from './KindTiles'
import { WordsForm } from './WordsForm'
import './report.css'

/** *Signaler*: what, where, in a few touches. */
export function ReportPage() {
  const { me, client, feed, say } = useSession()
  const { attempt } = useActs()
  const { keyOf } = useOnce()
  const home = homeOf(me)
  const subjects: Subject[] = home === 'aisle' ? ['article', 'idea'] : ['quality-point', 'speed-point', 'idea']
  const [subject, setSubject] = useState<Subject | undefined>(home === 'aisle' ? 'article' : undefined)
  const page = useFocus<HTMLElement>()
  const w = words.value
  const grant = me.grants.find((g) => g.role === (home === 'aisle' ? 'staff' : 'operator')) ?? me.grants[0]!

  const send = (draft: Omit<Draft, 'territory'>): Promise<boolean> =>
    attempt(async () => {
      const { post, joined } = await client.report({ ...draft, territory: grant.territory }, keyOf(draft))
      feed.confirm(post)
      go('/')
      say({ text: joined ? w.joined : w.sent, action: { label: w.open, run: () => go(postPath(post.id)) } })
    })
  return (
    <main class="page report" ref={page} tabIndex={-1} aria-label={w.report}>
      <header class="page-top">
        <button type="button" class="plain back" onClick={() => go('/')}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M15 4l-8 8 8 8" />
          </svg>
          {w.back}
        </button>
        <h1>
          {w.report} <span>{grant.name}</span>
        </h1>
      </header>
      <div class="report-body">
        <KindTiles subjects={subjects} chosen={subject} onPick={setSubject} />
        {subject === 'article' && <ArticleForm send={send} />}
        {subject && subject !== 'article' && (
          <WordsForm key={subject} kind={subject} territory={grant.territory} machines={home === 'line' && subject !== 'idea'} send={send} />
        )}
      </div>
    </main>
  )
}
