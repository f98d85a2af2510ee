import { useState } from 'preact/hooks'
import type { Proposal } from '../api/proposal'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import { pagePath } from '../shell/route'
import { endsIt } from './concern'

type Props = { proposal: Proposal; onAnswer: (yes: boolean) => void; onWithdraw: () => void }

/** One proposed place: whom it is for, why, how far the answers are, and the reader's own. */
export function ProposalRow({ proposal, onAnswer, onWithdraw }: Props) {
  const g = words.value.groups
  const { name, about, people, places, agreed, refused, state } = proposal
  const silent = people.length - agreed - refused
  return (
    <li class={`group proposal ${state}`}>
      <h3>{asRead(name)}</h3>
      {about && <p class="purpose">{asRead(about)}</p>}
      <p class="purpose">{why(proposal)}</p>
      <p class="meta">
        {places.length > 0 && <span>{g.propose.peopleOf(places.join(', '))}</span>}
        <span>{people.map((one) => one.name).join(', ')}</span>
      </p>
      <p class="meta counts">
        <strong>{g.agreed(agreed, people.length)}</strong>
        {refused > 0 && <span>{g.propose.refused(refused)}</span>}
        {silent > 0 && state === 'asked' && <span>{g.propose.silent(silent)}</span>}
      </p>
      {state === 'asked' ? <Answer proposal={proposal} onAnswer={onAnswer} onWithdraw={onWithdraw} /> : <Ended proposal={proposal} />}
    </li>
  )
}

/** The reader's word on it, which they may change until it is settled; who proposed it may take it back. */
function Answer({ proposal, onAnswer, onWithdraw }: Props) {
  const [asking, setAsking] = useState(false)
  const g = words.value.groups
  const { name, own, mine } = proposal
  const close = (): void => setAsking(false)
  const sure = (act: () => void) => (): void => {
    close()
    act()
  }
  if (own) {
    return (
      <span class="person-keys">
        <button type="button" class="key" aria-label={g.propose.withdrawOf(name)} onClick={() => setAsking(true)}>
          {g.propose.withdraw}
        </button>
        {asking && <ConfirmDialog title={g.propose.withdrawTitle} text={g.propose.withdrawSays} act={g.propose.withdraw} onDone={sure(onWithdraw)} onClose={close} />}
      </span>
    )
  }
  return (
    <span class="person-keys">
      <button
        type="button"
        class="key"
        aria-pressed={mine === false}
        aria-label={g.declineOf(name)}
        onClick={() => (mine !== false && endsIt(proposal) ? setAsking(true) : onAnswer(false))}
      >
        {g.decline}
      </button>
      <button type="button" class="key main" aria-pressed={mine === true} aria-label={g.agreeOf(name)} onClick={() => onAnswer(true)}>
        {g.agree}
      </button>
      {mine !== undefined && <p class="hint">{mine ? g.propose.youAgreed : g.propose.youDeclined}</p>}
      {asking && <ConfirmDialog title={g.propose.endTitle} text={g.propose.endSays} act={g.decline} onDone={sure(() => onAnswer(false))} onClose={close} />}
    </span>
  )
}

/** What became of it. */
function Ended({ proposal: { state, place, own, by, name, mine } }: { proposal: Proposal }) {
  const p = words.value.groups.propose
  if (state === 'accepted' && place && mine !== false) {
    return (
      <p class="ended">
        <a href={pagePath('groups', place.slice(1))} aria-label={p.enterOf(name)}>
          {p.open}
        </a>
      </p>
    )
  }
  return <p class="ended">{state === 'accepted' ? p.openWithout : state === 'declined' ? p.declined : own ? p.youWithdrew : p.withdrawn(by ?? '')}</p>
}

/** Why it is proposed: somebody's words, or what was counted. */
function why({ by, own, words: said, threads, branches }: Proposal): string {
  const g = words.value.groups
  if (own) return g.propose.byYou(asRead(said ?? ''))
  return by !== undefined ? g.proposedBy(by, asRead(said ?? '')) : g.suggestedFor(threads ?? 0, branches.join(', '))
}
