import type { Proposal } from '../api/proposal'
import { words } from '../i18n/lang'
import { now } from '../i18n/time'
import { useActs } from '../post/acts'
import { pagePath, go } from '../shell/route'
import { useSession } from '../shell/session'
import type { Circles } from './circles'
import { current } from './concern'
import { ProposalRow } from './ProposalRow'

type Props = { circles: Circles; proposals: Proposal[]; onChanged: () => void }

/** The places that are proposed to the reader, and by them: with the reason, to agree to or not. */
export function Proposals({ circles, proposals, onChanged }: Props) {
  const { say } = useSession()
  const { attempt } = useActs()
  const shown = current(proposals, now.value)
  const answer = ({ id, name }: Proposal, yes: boolean): void =>
    void attempt(async () => {
      await circles.answer(id, yes)
      onChanged()
      const place = (await circles.proposals()).proposals.find((one) => one.id === id)?.place
      const p = words.peek().groups.propose
      if (place && yes) say({ text: p.opened(name), action: { label: p.enter, run: () => go(pagePath('groups', place.slice(1))) } })
    })
  const withdraw = (id: string): void =>
    void attempt(async () => {
      await circles.withdraw(id)
      onChanged()
    })
  if (shown.length === 0) return null
  return (
    <>
      <h2>{words.value.groups.proposed}</h2>
      <ul class="group-list proposals">
        {shown.map((one) => (
          <ProposalRow key={one.id} proposal={one} onAnswer={(yes) => answer(one, yes)} onWithdraw={() => withdraw(one.id)} />
        ))}
      </ul>
    </>
  )
}
