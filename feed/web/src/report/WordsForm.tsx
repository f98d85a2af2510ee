import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { PhotoField } from '../photo/PhotoField'
import { MachineChips } from './MachineChips'
import { PhraseChips } from './PhraseChips'
import type { Send } from './send'

type Props = {
  kind: 'quality-point' | 'speed-point' | 'idea'
  territory: string
  /** Whether it may be about one machine. */
  machines: boolean
  send: Send
}

const longest = 4000

/** A point or an idea, in a person's words. */
export function WordsForm({ kind, territory, machines, send }: Props) {
  const [asset, setAsset] = useState<string>()
  const [text, setText] = useState('')
  const [photos, setPhotos] = useState<Blob[]>([])
  const [sending, setSending] = useState(false)
  const w = words.value
  const phrases = w.phrases[kind].length > 0
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!text.trim() || sending) return
    setSending(true)
    await send({ kind, text: text.trim(), ...(asset && { asset }), photos })
    setSending(false)
  }
  return (
    <form class="words" onSubmit={(event) => void submit(event)}>
      {machines && (
        <div class="picks">
          <MachineChips territory={territory} chosen={asset} onPick={setAsset} />
        </div>
      )}
      <div class="say">
        {phrases && <PhraseChips kind={kind} text={text} onPick={setText} />}
        <label>
          {phrases ? w.inYourWords : w.reportText[kind]}
          <textarea name="text" rows={2} maxLength={longest} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <PhotoField photos={photos} onChange={setPhotos} />
        {!text.trim() && (
          <p id="send-needs" class="hint">
            {phrases ? w.sendNeeds : w.sendNeedsWords}
          </p>
        )}
        <button type="submit" class="key main" aria-describedby="send-needs" disabled={!text.trim() || sending}>
          {sending ? w.sending : w.send}
        </button>
      </div>
    </form>
  )
}
