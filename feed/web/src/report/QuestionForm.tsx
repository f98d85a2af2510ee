import { useState } from 'preact/hooks'
import type { Me } from '../api/types'
import { Choice } from '../course/Terms'
import { useDraft } from '../draft/draft'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import type { Send } from './send'

type Props = {
  territory: string
  /** Whether the place is a shop. */
  shop: boolean
  send: Send
}

const longest = 4000
const hour = 3_600_000
const deadlines = [4, 24, 48, 168]
const usual = 24
const plant = ['maintenance', 'quality', 'lead', 'manager', 'operator']
const store = ['lead', 'manager', 'staff']
const publishers = ['lead', 'manager', 'animator']

/** *Question à…*: to whom, until when, and the question itself. */
export function QuestionForm({ territory, shop, send }: Props) {
  const { me } = useSession()
  const [text, setText] = useDraft(`report question ${territory}`)
  const [role, setRole] = useState('')
  const [hours, setHours] = useState(usual)
  const [sending, setSending] = useState(false)
  const w = words.value
  const roles = [...(shop ? store : plant), ...(mayAskAll(me) ? ['all'] : [])]
  const ready = text.trim() !== '' && role !== ''
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!ready || sending) return
    setSending(true)
    const asked = { places: [territory], ...(role !== 'all' && { roles: [role] }) }
    if (await send({ kind: 'question', text: text.trim(), for: asked, deadline: new Date(Date.now() + hours * hour).toISOString() })) setText('')
    setSending(false)
  }
  return (
    <form class="words ask-form" onSubmit={(event) => void submit(event)}>
      <div class="picks">
        <fieldset class="chips">
          <legend>{w.circuits.askWhom}</legend>
          {roles.map((one) => (
            <button type="button" class="chip" key={one} aria-pressed={role === one} onClick={() => setRole(one)}>
              {one === 'all' ? w.circuits.all : w.circuits.functions[one]}
            </button>
          ))}
        </fieldset>
        <Choice
          title={w.circuits.askUntil}
          options={deadlines.map((one) => ({ id: String(one), name: w.circuits.deadlines[one]! }))}
          chosen={String(hours)}
          onPick={(one) => setHours(Number(one))}
        />
      </div>
      <div class="say">
        <label>
          {w.circuits.askWhat}
          <textarea name="text" rows={2} maxLength={longest} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
      </div>
      <div class="send">
        <p id="send-needs" class="hint">
          {text.trim() && role ? w.quote(text.trim()) : w.circuits.needs}
        </p>
        <button type="submit" class="key main" aria-describedby="send-needs" disabled={!ready || sending}>
          {sending ? w.sending : w.send}
        </button>
      </div>
    </form>
  )
}

/** Only those in charge ask everybody of a place. */
const mayAskAll = (me: Me): boolean => me.grants.some((g) => publishers.includes(g.role))
