import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Post, PostDetail } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { isOpen } from '../feed/order'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { asRead } from '../i18n/ready'
import { useActs } from './acts'
import { useAnswers } from './ask'
import { OtherWords } from './OtherWords'

type Props = { post: Post | PostDetail; onClose: () => void }

/**
 * Asks what settled it, or why what ended by itself had happened, then, where
 * the rule knows what may have been done, what was: one tap each, and the second may be left out.
 */
export function ResolveDialog({ post, onClose }: Props) {
  const acts = useActs()
  const dialog = useRef<HTMLDialogElement>(null)
  const w = words.value
  const answers = useAnswers(post, w)
  const [cause, setCause] = useState<string>()
  useEffect(() => dialog.current?.showModal(), [])
  const resolve = (cause: string, action?: string): void => {
    onClose()
    void (isOpen(post.state) ? acts.resolve : acts.giveCause)(post, cause, action)
  }
  const because = (cause: string): void => (answers?.actions.length ? setCause(cause) : resolve(cause))
  const asked = isOpen(post.state) ? w.resolveTitle : w.causeTitle
  return (
    <dialog ref={dialog} class="resolve" aria-labelledby="resolve-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="resolve-title">{cause === undefined ? asked : w.living.actionTitle}</h2>
      <p class="about">{cause === undefined ? asRead(post.title) : cause}</p>
      {cause === undefined && post.active && post.severity !== 'info' && <p class="still">{stillHolds(post, w)}</p>}
      {!answers && <p class="quiet">{w.loading}</p>}
      {answers && cause === undefined && (
        <Chips key="cause" offered={answers.causes} label={w.causeLabel} onSay={because}>
          <button type="button" class="key" onClick={() => dialog.current?.close()}>
            {w.cancel}
          </button>
        </Chips>
      )}
      {answers && cause !== undefined && (
        <Chips key="action" offered={answers.actions} label={w.causeLabel} onSay={(action) => resolve(cause, action)}>
          <button type="button" class="key" onClick={() => resolve(cause)}>
            {w.living.noAction}
          </button>
        </Chips>
      )}
    </dialog>
  )
}

type ChipsProps = { offered: string[]; label: string; onSay: (said: string) => void; children: ComponentChildren }

/** What one may say with a touch, and a field for all else. */
function Chips({ offered, label, onSay, children }: ChipsProps) {
  const [other, setOther] = useState(false)
  return (
    <>
      <div class="chips">
        {offered.map((said) => (
          <button type="button" class="chip" key={said} onClick={() => onSay(said)}>
            {said}
          </button>
        ))}
        <button type="button" class="chip" aria-expanded={other} onClick={() => setOther(true)}>
          {words.value.otherCause}
        </button>
        {children}
      </div>
      {other && <OtherWords label={label} onSay={onSay} />}
    </>
  )
}

function stillHolds(post: Post, w: Words): string {
  if (post.kind !== 'alert' || post.value === undefined || post.limit === undefined) return w.stillHolds
  const [value, limit] = [post.value, post.limit].map((v) => formatNumber(w.locale, v, decimalsOf(post)))
  return w.stillPast(`${value} ${unitLabel(post.unit)}`.trim(), limit!)
}
