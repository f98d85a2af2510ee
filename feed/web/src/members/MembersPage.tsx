import { useMemo, useState } from 'preact/hooks'
import type { Invitation } from '../api/rights'
import { useListing } from '../devices/listing'
import { words } from '../i18n/lang'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Arrivals } from './Arrivals'
import { BringPanel } from './BringPanel'
import { Colleagues } from './Colleagues'
import { appoints } from './giving'
import { InvitationSheet } from './InvitationSheet'
import { InviteForm } from './InviteForm'
import { Registry } from './registry'
import { WaitingInvitations } from './WaitingInvitations'
import './members.css'
import './intake.css'

/** *Membres*: who works where, in which role, and the ways in for others. */
export function MembersPage() {
  const { client, me, say } = useSession()
  const registry = useMemo(() => new Registry(client), [client])
  const people = useListing(registry.colleagues)
  const waiting = useListing(registry.invitations)
  const [papers, setPapers] = useState<Invitation[]>([])
  const [bringing, setBringing] = useState(false)
  const [arrivals, setArrivals] = useState<string[]>([])
  const [made, setMade] = useState<number>()
  const page = useFocus<HTMLElement>()
  const w = words.value
  const withdraw = async ({ id, name }: Invitation): Promise<void> => {
    const done = await waiting.change(async () => (await registry.withdraw(id), true))
    if (!done) return
    setPapers(papers.filter((one) => one.id !== id))
    say({ text: words.peek().rights.withdrawn(name) })
  }
  /** One after the other: what was made when one fails is there to be printed, and the others are asked for again. */
  const inviteAll = async (ids: string[]): Promise<void> => {
    const all: Invitation[] = []
    await waiting.change(async () => {
      for (const id of ids) {
        setMade(all.length + 1)
        all.push(await registry.inviteMember(id))
      }
    })
    setMade(undefined)
    setArrivals((left) => left.filter((id) => !ids.slice(0, all.length).includes(id)))
    if (all.length > 0) setPapers(all)
  }
  const sheet = papers.length > 0 && <InvitationSheet key={papers[0]!.id} invitations={papers} onClose={() => setPapers([])} />
  return (
    <main class="page members-page" ref={page} tabIndex={-1} aria-label={w.pages.members}>
      <PageTop title={w.pages.members}>
        {appoints(me) && (
          <button type="button" class="key bring" aria-expanded={bringing} onClick={() => setBringing(!bringing)}>
            {w.rights.bring.open}
          </button>
        )}
      </PageTop>
      <LastNews />
      <div class="members-body">
        {bringing && (
          <BringPanel
            registry={registry}
            onDone={(added) => {
              setBringing(false)
              setArrivals(added.filter((p) => !p.badge).map((p) => p.id))
              people.again()
            }}
          />
        )}
        {arrivals.length > 0 && <Arrivals count={arrivals.length} made={made} onInvite={() => void inviteAll(arrivals)} onClose={() => setArrivals([])} />}
        {papers.length > 1 && sheet}
        <section aria-label={w.pages.members}>
          <Colleagues registry={registry} listing={people} onInvite={({ id }) => void inviteAll([id])} />
        </section>
        <aside>
          {papers.length === 1 && sheet}
          <InviteForm
            onInvite={async (invitation) => {
              const kept = await waiting.change(() => registry.invite(invitation))
              if (kept) setPapers([kept])
              return kept !== undefined
            }}
          />
          <WaitingInvitations rows={waiting.rows} onWithdraw={(one) => void withdraw(one)} />
        </aside>
      </div>
    </main>
  )
}
