import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { useOffers, type Option } from './useOffers'
import { useTalk } from './useTalk'

/** Asks to whom a post is recommended: a touch tells them. */
export function RecommendDialog({ post, onClose }: { post: PostDetail; onClose: () => void }) {
  const talk = useTalk()
  const dialog = useRef<HTMLDialogElement>(null)
  const [q, setQ] = useState('')
  const offers = useOffers(post.id, q)
  const w = words.value
  useLayoutEffect(() => dialog.current?.showModal(), [])
  const tell = ({ person, role }: Option): void => {
    onClose()
    void talk.recommend(post.id, person ? { people: [person] } : { roles: [role!] })
  }
  return (
    <dialog ref={dialog} class="resolve asking" aria-labelledby="recommend-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="recommend-title">{w.talk.recommendTitle}</h2>
      <div class="chips" role="group" aria-labelledby="recommend-title">
        {Array.isArray(offers) &&
          offers
            .filter(({ person, role }) => person || role)
            .map((option) => (
              <button type="button" class="chip" key={option.says} onClick={() => tell(option)}>
                {option.says} {option.note && <small>{option.note}</small>}
              </button>
            ))}
        <button type="button" class="key" onClick={() => dialog.current?.close()}>
          {w.talk.noOne}
        </button>
      </div>
      {offers === 'away' && <p>{w.unreachable}</p>}
      <label>
        {w.talk.find}
        <input name="who" maxLength={80} value={q} onInput={(e) => setQ(e.currentTarget.value)} />
      </label>
      <p class="hint">{w.talk.recommendSays}</p>
    </dialog>
  )
}
