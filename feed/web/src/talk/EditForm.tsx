import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { MentionField } from './MentionField'
import { useTalk } from './useTalk'
import type { Writing } from './voice'

type Props = { on: Writing; text: string; onDone: () => void; onLeave: () => void }

/** Changes one's own words where they stand. */
export function EditForm({ on, text: before, onDone, onLeave }: Props) {
  const talk = useTalk()
  const [text, setText] = useState(before)
  const field = useFocus<HTMLTextAreaElement>(true)
  const w = words.value
  const save = async (): Promise<void> => {
    if (!text.trim()) return
    if (text.trim() === before) return onLeave()
    if (await talk.edit(on, text.trim())) onDone()
  }
  return (
    <form
      class="comment-form edit-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <MentionField post={on.post} label={w.talk.editLabel} value={text} field={field} onType={setText} onSend={() => void save()} />
      <button type="submit" class="key main" disabled={!text.trim()}>
        {w.talk.save}
      </button>
      <button type="button" class="key" onClick={onLeave}>
        {w.cancel}
      </button>
    </form>
  )
}
