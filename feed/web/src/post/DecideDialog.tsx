import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useActs } from './acts'
import { headingOf } from './heading'
import { ReasonChips } from './ReasonChips'

export const verdicts = ['accept', 'refuse', 'later'] as const
export type Verdict = (typeof verdicts)[number]

type Props = { post: Post; verdict?: Verdict; onClose: () => void }

/** Decides an idea: yes, no or later, and why; the reason sends it. */
export function DecideDialog({ post, verdict: chosen, onClose }: Props) {
  const acts = useActs()
  const dialog = useRef<HTMLDialogElement>(null)
  const [verdict, choose] = useState(chosen)
  const w = words.value
  const s = w.steer
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const decide = (reason: string): void => {
    onClose()
    void acts.resolve(post, s.verdictIs[verdict!], reason)
  }
  const close = (): void => dialog.current?.close()
  return (
    <dialog ref={dialog} class="resolve decide" aria-labelledby="decide-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="decide-title">{verdict ? s.why[verdict] : w.decideTitle}</h2>
      <p class="about">{asRead(headingOf(post))}</p>
      {verdict ? (
        <ReasonChips key={verdict} reasons={s.reasons[verdict]} label="decide-title" onSay={decide} onCancel={close} />
      ) : (
        <div class="chips" role="group" aria-labelledby="decide-title">
          {verdicts.map((one) => (
            <button type="button" class="chip" key={one} onClick={() => choose(one)}>
              {s.verdict[one]}
            </button>
          ))}
          <button type="button" class="key" onClick={close}>
            {w.cancel}
          </button>
        </div>
      )}
      <p class="hint">{s.whySays}</p>
    </dialog>
  )
}
