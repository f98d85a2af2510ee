import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now, timeAndDay } from '../i18n/time'
import { useSession } from '../shell/session'

/** What this person answered and has not arrived, at its place in the conversation. */
export function QueuedSaid({ post }: { post: string }) {
  const { me, outbox } = useSession()
  const w = words.value
  const said = outbox.mine.value.filter(({ letter }) => letter?.kind === 'comments' && letter.post === post)
  if (said.length === 0) return null
  return (
    <ol>
      {said.map(({ id, state, typed_at, letter }) => (
        <li key={id} class="comment queued">
          <p class="by">
            <b>{me.name}</b> <time dateTime={typed_at}>{w.at(...timeAndDay(w, typed_at, now.value))}</time>
          </p>
          <p class="text">{asRead(letter!.text ?? '')}</p>
          <a class="plain" href="/waiting">
            {state === 'refused' ? w.outbox.refused : w.outbox.waits}
            {letter!.photos > 0 && ` · ${w.outbox.photos(letter!.photos)}`}
          </a>
        </li>
      ))}
    </ol>
  )
}
