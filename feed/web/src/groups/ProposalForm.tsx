import { useState } from 'preact/hooks'
import type { Peer, ProposalDraft } from '../api/proposal'
import { lang, words } from '../i18n/lang'
import { Chips } from '../publish/Chips'
import { useActs } from '../post/acts'
import { useFocus } from '../shell/focus'
import { useOnce } from '../shell/once'
import { usePoll } from '../shell/poll'
import { useSession } from '../shell/session'
import type { Circles } from './circles'
import { concernedBy, peopleChoices, placeChoices } from './concern'
import { PickChips } from './PickChips'

const minute = 60_000
const other = 'other'

type Props = { circles: Circles; peers: Peer[]; onLeave: () => void; onSent: () => void }

/** A place of one's own to come: what it is about, whom it concerns, and why. */
export function ProposalForm({ circles, peers, onLeave, onSent }: Props) {
  const { client, say } = useSession()
  const { attempt } = useActs()
  const once = useOnce()
  const field = useFocus<HTMLInputElement>()
  const [draft, setDraft] = useState<ProposalDraft>({ name: '', about: '', why: '', people: [], places: [] })
  const [inOwnWords, setInOwnWords] = useState(false)
  const [sending, setSending] = useState(false)
  const territories = usePoll(client.territories, minute, lang.value) ?? []
  const w = words.value
  const p = w.groups.propose
  const change = (next: Partial<ProposalDraft>): void => setDraft({ ...draft, ...next })
  const concerned = concernedBy(peers, draft.people, draft.places)
  const needs = !draft.name.trim() ? p.needsName : concerned.length === 0 ? p.needsPeople : !draft.why.trim() ? p.needsWhy : undefined
  const propose = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (needs || sending) return
    setSending(true)
    const sent = await attempt(() => circles.propose(draft, once.keyOf(draft)))
    setSending(false)
    if (!sent) return
    say({ text: p.sent(concerned.length) })
    onSent()
  }
  const because = (why: string): void => {
    setInOwnWords(why === other)
    change({ why: why === other ? '' : why })
  }
  const reasons = [...p.reasons.map((name) => ({ id: name, name })), { id: other, name: w.living.otherReason }]
  return (
    <form class="new-group propose" aria-labelledby="propose" onSubmit={(event) => void propose(event)}>
      <h2 id="propose">{p.title}</h2>
      <p class="hint">{p.says}</p>
      <label>
        {p.name}
        <input ref={field} name="name" maxLength={60} autocomplete="off" value={draft.name} onInput={(e) => change({ name: e.currentTarget.value })} />
      </label>
      <label>
        {p.about}
        <input name="about" maxLength={300} autocomplete="off" placeholder={w.groups.purposeHint} value={draft.about} onInput={(e) => change({ about: e.currentTarget.value })} />
      </label>
      <PickChips legend={p.places} all={placeChoices(peers, territories)} chosen={draft.places} onPick={(places) => change({ places })} />
      <PickChips legend={p.people} all={peopleChoices(peers, draft.places)} chosen={draft.people} onPick={(people) => change({ people })} />
      <Chips legend={p.why} all={reasons} chosen={[inOwnWords ? other : draft.why]} onPick={because} />
      {inOwnWords && (
        <label>
          {p.whyLabel}
          <input name="why" maxLength={200} autocomplete="off" value={draft.why} onInput={(e) => change({ why: e.currentTarget.value })} />
        </label>
      )}
      <div class="form-keys">
        <p class="hint" id="propose-needs" aria-live="polite">
          {needs ?? p.concerns(concerned.length, concerned.map(({ name }) => name).join(', '))}
        </p>
        <button type="button" class="key" onClick={onLeave}>
          {w.cancel}
        </button>
        <button type="submit" class="key main" aria-describedby="propose-needs" disabled={needs !== undefined || sending}>
          {sending ? w.sending : p.send}
        </button>
      </div>
    </form>
  )
}
