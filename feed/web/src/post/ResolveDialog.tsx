import { useEffect, useRef, useState } from 'preact/hooks'
import type { Post } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { decimalsOf, formatNumber, unitLabel } from '../i18n/number'
import { asRead } from '../i18n/ready'
import { useActs } from './acts'
import { OtherCause } from './OtherCause'
import './resolve.css'

/** Asks what settled it: one tap on a cause is enough. */
export function ResolveDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const acts = useActs()
  const dialog = useRef<HTMLDialogElement>(null)
  const [other, setOther] = useState(false)
  const w = words.value
  useEffect(() => dialog.current?.showModal(), [])
  const resolve = (cause: string): void => {
    onClose()
    void acts.resolve(post, cause)
  }
  return (
    <dialog ref={dialog} class="resolve" aria-labelledby="resolve-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="resolve-title">{post.kind === 'idea' ? w.decideTitle : w.resolveTitle}</h2>
      <p class="about">{asRead(post.title)}</p>
      {post.active && post.severity !== 'info' && <p class="still">{stillHolds(post, w)}</p>}
      <div class="chips">
        {causesOf(post, w).map((cause) => (
          <button type="button" class="chip" key={cause} onClick={() => resolve(cause)}>
            {cause}
          </button>
        ))}
        <button type="button" class="chip" aria-expanded={other} onClick={() => setOther(true)}>
          {w.otherCause}
        </button>
        <button type="button" class="key" onClick={() => dialog.current?.close()}>
          {w.cancel}
        </button>
      </div>
      {other && <OtherCause onCause={resolve} />}
    </dialog>
  )
}

function stillHolds(post: Post, w: Words): string {
  if (post.kind !== 'alert' || post.value === undefined || post.limit === undefined) return w.stillHolds
  const [value, limit] = [post.value, post.limit].map((v) => formatNumber(w.locale, v, decimalsOf(post)))
  return w.stillPast(`${value} ${unitLabel(post.unit)}`.trim(), limit!)
}

function causesOf(post: Post, w: Words): string[] {
  if (post.kind === 'idea') return w.causes.idea
  if (post.kind === 'selling-well') return w.causes.sales
  return post.sku ? w.causes.shelf : w.causes.machine
}
