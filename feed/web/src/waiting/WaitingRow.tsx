import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now, timeAndDay } from '../i18n/time'
import type { Waiting } from '../outbox/item'
import { wordsOf } from '../outbox/letter'
import { useFocus } from '../shell/focus'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { Sign } from '../wire/Sign'
import { sentence } from './sentence'

/** One thing that waits: what it is, since when, why, and what can be done. */
export function WaitingRow({ item, onRemove }: { item: Waiting; onRemove: () => void }) {
  const { outbox } = useSession()
  const [mending, setMending] = useState(false)
  const letter = item.letter!
  const w = words.value
  const said = wordsOf(letter.body)
  const refused = item.state === 'refused'
  const title = sentence(letter, w)
  return (
    <li class={`waiting-row ${refused ? 'refused' : ''}`}>
      <p class="state">
        {refused && <Sign mood="major" />}
        <b>{refused ? w.outbox.refused : w.outbox.waits}</b>
        <time dateTime={item.typed_at}>{w.outbox.written(w.at(...timeAndDay(w, item.typed_at, now.value)))}</time>
        {letter.photos > 0 && <span>{w.outbox.photos(letter.photos)}</span>}
      </p>
      <h2>{letter.post ? <a href={postPath(letter.post)}>{title}</a> : title}</h2>
      {letter.text && !mending && <p class="said">{asRead(letter.text)}</p>}
      {letter.problem && <p class="problem">{letter.problem}</p>}
      {mending && said && (
        <Mend
          text={said.text}
          onSave={(text) => {
            setMending(false)
            void outbox.mend(item.id, said.field, text)
          }}
        />
      )}
      <div class="row-keys">
        {said && !mending && (
          <button type="button" class="key" aria-label={w.actOn(w.outbox.mend, title)} onClick={() => setMending(true)}>
            {w.outbox.mend}
          </button>
        )}
        <button type="button" class="key" aria-label={w.actOn(w.outbox.retry, title)} onClick={() => void outbox.retry(item.id)}>
          {w.outbox.retry}
        </button>
        <button type="button" class="key" aria-label={w.actOn(w.outbox.remove, title)} onClick={onRemove}>
          {w.outbox.remove}
        </button>
      </div>
    </li>
  )
}

/** The words again, to be changed before they leave. */
function Mend({ text, onSave }: { text: string; onSave: (text: string) => void }) {
  const [words_, setWords] = useState(text)
  const field = useFocus<HTMLTextAreaElement>()
  const w = words.value.outbox
  return (
    <form
      class="mend"
      onSubmit={(event) => {
        event.preventDefault()
        if (words_.trim()) onSave(words_.trim())
      }}
    >
      <label>
        {w.mendLabel}
        <textarea ref={field} name="mend" rows={3} maxLength={4000} value={words_} onInput={(e) => setWords(e.currentTarget.value)} />
      </label>
      <button type="submit" class="key main" disabled={!words_.trim()}>
        {w.save}
      </button>
    </form>
  )
}
