import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { AnswerChoice } from '../course/AnswerChoice'
import { outcomeOf, verdicts, type Verdict } from '../course/course'
import { MergeChoice } from '../course/MergeChoice'
import { endsHere, owned, Terms, timely, type Kept } from '../course/Terms'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useSession } from '../shell/session'
import { useActs } from './acts'
import { headingOf } from './heading'
import { ReasonChips } from './ReasonChips'

type Props = { post: Post; verdict?: Verdict; onClose: () => void }

const usual = 30

/** Decides an idea or closes a question: yes, no, later or with another one, and why; the reason sends it. */
export function DecideDialog({ post, verdict: chosen, onClose }: Props) {
  const { me } = useSession()
  const acts = useActs()
  const dialog = useRef<HTMLDialogElement>(null)
  const [verdict, choose] = useState(chosen)
  const [into, join] = useState<Post>()
  const [answer, hold] = useState<string>()
  const [kept, keep] = useState<Kept>({ days: usual, owner: me.id })
  const w = words.value
  const question = post.kind === 'question'
  const said = question ? { verdict: w.circuits.questionVerdict, why: w.circuits.questionWhy, reasons: w.circuits.questionReasons } : w.steer
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const decide = (reason: string): void => {
    onClose()
    const terms = verdict === 'later' ? timely(kept) : verdict === 'accept' && endsHere(post) ? owned(kept) : {}
    void acts.decide(post, { outcome: outcomeOf(verdict!), reason, ...terms, ...(into && { into: into.id }), ...(answer && { answer }) })
  }
  const close = (): void => dialog.current?.close()
  const merging = verdict === 'merge' && !into
  const keeping = question && verdict === 'accept' && !answer
  const choosing = merging || keeping
  return (
    <dialog ref={dialog} class="resolve decide" aria-labelledby="decide-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="decide-title">{merging ? w.circuits.mergeTitle : keeping ? w.circuits.keepTitle : verdict ? said.why[verdict] : question ? w.circuits.kindDecision.question : w.decideTitle}</h2>
      <p class="about">{into ? `${asRead(headingOf(post))} → ${asRead(headingOf(into))}` : asRead(headingOf(post))}</p>
      {keeping && <AnswerChoice post={post} label="decide-title" onPick={hold} onCancel={close} />}
      {merging && <MergeChoice post={post} label="decide-title" onPick={join} onCancel={close} />}
      {verdict && !choosing && (
        <>
          <Terms post={post} verdict={verdict} kept={kept} onKeep={keep} />
          <ReasonChips key={verdict} reasons={said.reasons[verdict]} label="decide-title" onSay={decide} onCancel={close} />
        </>
      )}
      {!verdict && (
        <div class="chips" role="group" aria-labelledby="decide-title">
          {verdicts.map((one) => (
            <button type="button" class="chip" key={one} onClick={() => choose(one)}>
              {said.verdict[one]}
            </button>
          ))}
          <button type="button" class="key" onClick={close}>
            {w.cancel}
          </button>
        </div>
      )}
      <p class="hint">{w.steer.whySays}</p>
    </dialog>
  )
}
