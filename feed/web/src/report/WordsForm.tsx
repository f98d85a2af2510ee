import { useState } from 'preact/hooks'
import { useDraft } from '../draft/draft'
import { words } from '../i18n/lang'
import { PhotoField } from '../photo/PhotoField'
import { MachineChips } from './MachineChips'
import { useMachine } from './machine'
import { PhraseChips } from './PhraseChips'
import type { Point } from './points'
import type { Send } from './send'

type Props = {
  kind: Point
  territory: string
  /** Whether it may be about one machine. */
  machines: boolean
  send: Send
}

const longest = 4000

/** A point or an idea: a touch says most of it, words and photos the rest. */
export function WordsForm({ kind, territory, machines, send }: Props) {
  const machine = useMachine(territory)
  const [text, setText] = useDraft(`report ${kind} ${territory}`)
  const [photos, setPhotos] = useState<Blob[]>([])
  const [sending, setSending] = useState(false)
  const w = words.value
  const asset = machines ? machine.chosen : undefined
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!text.trim() || sending) return
    setSending(true)
    if (await send({ kind, text: text.trim(), ...(asset && { asset }), photos })) setText('')
    setSending(false)
  }
  return (
    <form class="words" onSubmit={(event) => void submit(event)}>
      <div class="picks">
        {machines && <MachineChips machines={machine.machines} suspect={machine.suspect} chosen={asset} onPick={machine.choose} />}
        <PhotoField photos={photos} onChange={setPhotos} />
      </div>
      <div class="say">
        <PhraseChips kind={kind} territory={territory} asset={asset} text={text} onPick={setText} />
        <label>
          {w.inYourWords}
          <textarea name="text" rows={2} maxLength={longest} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
      </div>
      <div class="send">
        <p id="send-needs" class="hint">
          {text.trim() ? w.quote(text.trim()) : w.sendNeeds}
        </p>
        <button type="submit" class="key main" aria-describedby="send-needs" disabled={!text.trim() || sending}>
          {sending ? w.sending : w.send}
        </button>
      </div>
    </form>
  )
}
