import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { HandoverSheet } from '../sheet/HandoverSheet'
import { lastHandover, unsigned } from './handover'
import { KeepOrFile } from './KeepOrFile'
import { useRunning } from './sheet'
import { SignKeys } from './SignKeys'
import './handover.css'

type Tab = 'written' | 'running'

/** *Relève*: what the last shift left, to be signed by two, or what this one would leave now. */
export function HandoverPage() {
  const { me, feed } = useSession()
  const [chosen, setChosen] = useState<Tab>()
  const page = useFocus<HTMLElement>()
  const w = words.value
  const grant = me.grants.find((g) => g.role === 'operator') ?? me.grants[0]!
  const place = me.device?.place ?? grant.territory
  const post = lastHandover(feed.posts.value.values(), place)
  // Once signed, a sheet has been read: what counts is what comes next.
  const signed = post && unsigned(post.sheet!, now.value).length === 0
  const [signedBefore] = useState(signed)
  const tab = chosen ?? (post && !signedBefore ? 'written' : 'running')
  return (
    <main class="page handover-page" ref={page} tabIndex={-1} aria-label={w.lines.handOver}>
      <PageTop title={w.lines.handOver} of={me.device?.place_name ?? grant.name}>
        {post && <Tabs tab={tab} onPick={setChosen} />}
      </PageTop>
      <LastNews />
      <div class="handover-body">{tab === 'written' && post ? <Written post={post} /> : <RunningSheet place={place} />}</div>
      {tab === 'written' && post && !signed && (
        <footer class="page-foot">
          <SignKeys post={post} />
        </footer>
      )}
    </main>
  )
}

function Tabs({ tab, onPick }: { tab: Tab; onPick: (tab: Tab) => void }) {
  const l = words.value.lines
  const names = { written: l.handedOver, running: l.running }
  return (
    <div class="choice handover-tabs" role="group" aria-label={l.handOver}>
      {(['written', 'running'] as const).map((name) => (
        <button type="button" key={name} aria-pressed={tab === name} onClick={() => onPick(name)}>
          {names[name]}
        </button>
      ))}
    </div>
  )
}

/** The sheet that a shift wrote, and the words that came with it. */
function Written({ post }: { post: Post }) {
  const word = post.last_comment
  return (
    <>
      {word && (
        <p class="word">
          <b>{word.author.name}</b> {words.value.quote(word.text)}
        </p>
      )}
      <HandoverSheet sheet={post.sheet!} beside={(line) => <KeepOrFile line={line} />} />
    </>
  )
}

function RunningSheet({ place }: { place: string }) {
  const { sheet, state } = useRunning(place)
  const w = words.value
  if (state === 'none') return <p class="quiet">{w.lines.noShift}</p>
  if (!sheet) return <p class="quiet">{state === 'failed' ? w.unreachable : w.loading}</p>
  return (
    <>
      {state === 'failed' && <p class="error">{w.unreachable}</p>}
      <p class="quiet">{w.lines.signLater(formatTime(w, sheet.end, now.value))}</p>
      <HandoverSheet sheet={sheet} beside={(line) => <KeepOrFile line={line} />} signable={false} />
    </>
  )
}
