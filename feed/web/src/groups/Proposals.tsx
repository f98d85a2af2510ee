import type { Proposal } from '../api/proposal'
import { lang, words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useReading } from '../rules/reading'
import { useSession } from '../shell/session'
import type { Circles } from './circles'

type Props = { circles: Circles; onMade: () => void }

/** The groups that are proposed to the reader, with the reason, to agree to or not. */
export function Proposals({ circles, onMade }: Props) {
  const { me } = useSession()
  const { attempt } = useActs()
  const proposals = useReading(circles.proposals, `${lang.value} ${me.id}`)
  const asked = (proposals.value ?? []).filter(({ state }) => state === 'asked')
  const answer = (id: string, yes: boolean): void =>
    void attempt(async () => {
      await circles.answer(id, yes)
      proposals.again()
      onMade()
    })
  if (asked.length === 0) return null
  return (
    <>
      <h2>{words.value.groups.proposed}</h2>
      <ul class="group-list proposals">
        {asked.map((proposal) => (
          <ProposalRow key={proposal.id} proposal={proposal} onAnswer={(yes) => answer(proposal.id, yes)} />
        ))}
      </ul>
    </>
  )
}

/** One proposed group: who it is for, why, and the reader's word on it. */
function ProposalRow({ proposal, onAnswer }: { proposal: Proposal; onAnswer: (yes: boolean) => void }) {
  const g = words.value.groups
  const { name, people, agreed, mine } = proposal
  return (
    <li class="group proposal">
      <h3>{name}</h3>
      <p class="purpose">{why(proposal)}</p>
      <p class="meta">
        {people.map((one) => one.name).join(', ')} · {g.agreed(agreed, people.length)}
      </p>
      <span class="person-keys">
        <button type="button" class="key" aria-pressed={mine === false} aria-label={g.declineOf(name)} onClick={() => onAnswer(false)}>
          {g.decline}
        </button>
        <button type="button" class="key main" aria-pressed={mine === true} aria-label={g.agreeOf(name)} onClick={() => onAnswer(true)}>
          {g.agree}
        </button>
      </span>
    </li>
  )
}

/** Why it is proposed: somebody's words, or what was counted. */
function why({ by, words: said, threads, branches }: Proposal): string {
  const g = words.value.groups
  return by !== undefined ? g.proposedBy(by, said ?? '') : g.suggestedFor(threads ?? 0, branches.join(', '))
}
