import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Post, PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useSession } from '../shell/session'
import { useActs } from './acts'
import { headingOf } from './heading'
import { teamsOf } from './teams'
import './ask.css'

const longest = 4000

/** Asks a team to take a post. The likeliest has the focus: Enter sends it. */
export function AskDialog({ post, onClose }: { post: Post | PostDetail; onClose: () => void }) {
  const { client } = useSession()
  const acts = useActs()
  const dialog = useRef<HTMLDialogElement>(null)
  const [detail, setDetail] = useState(post)
  const [text, setText] = useState('')
  const w = words.value
  const teams = teamsOf(detail, w)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    if (!('teams' in post)) client.post(post.id).then(setDetail, () => undefined)
  }, [])
  const ask = (role: string): void => {
    onClose()
    void acts.ask(post, role, text.trim())
  }
  return (
    <dialog ref={dialog} class="resolve ask" aria-labelledby="ask-title" onClose={onClose} onKeyDown={(e) => e.stopPropagation()}>
      <h2 id="ask-title">{w.steer.askTitle}</h2>
      <p class="about">{asRead(headingOf(post))}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask(teams[0]!.role)
        }}
      >
        <label>
          {w.steer.askNote}
          <input name="note" maxLength={longest} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
      </form>
      <div class="chips" role="group" aria-labelledby="ask-title">
        {teams.map(({ role, name }, i) => (
          <button type="button" autofocus={i === 0} class={`chip ${i === 0 ? 'likely' : ''}`} key={name} onClick={() => ask(role)}>
            {name}
          </button>
        ))}
        <button type="button" class="key" onClick={() => dialog.current?.close()}>
          {w.cancel}
        </button>
      </div>
    </dialog>
  )
}
