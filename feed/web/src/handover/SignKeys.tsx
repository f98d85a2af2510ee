import { useState } from 'preact/hooks'
import type { Side } from '../api/living'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { unsigned } from './handover'

const longest = 4000

/** A word for the next shift, and the two signatures: each another person's. */
export function SignKeys({ post }: { post: Post }) {
  const { me, client, feed, say, asPerson } = useSession()
  const { attempt } = useActs()
  const [text, setText] = useState('')
  const [sending, setSending] = useState(false)
  const l = words.value.lines
  const { signed } = post.sheet!
  const left = unsigned(post.sheet!, now.value)
  if (left.length === 0) return null
  const own = signed.some((s) => s.member === me.id)
  const sign = async (side: Side): Promise<void> => {
    setSending(true)
    const done = await attempt(async () => feed.confirm(await client.sign(post.id, side, text.trim())))
    setSending(false)
    if (!done) return
    setText('')
    say({ text: l.signed })
  }
  return (
    <div class="sign-keys">
      {own ? (
        <p class="hint">{l.otherSigns}</p>
      ) : (
        <label>
          <span class="spoken">{l.word}</span>
          <input name="word" maxLength={longest} placeholder={l.word} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
      )}
      <div class="page-keys">
        {left.map((side) => (
          <button
            type="button"
            key={side}
            class={`key ${side === left[0] ? 'main' : ''}`}
            disabled={own || sending}
            onClick={() => asPerson(() => void sign(side))}
          >
            {side === 'given' ? l.give : l.receive}
          </button>
        ))}
      </div>
    </div>
  )
}
