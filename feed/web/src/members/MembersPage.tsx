import { useMemo, useState } from 'preact/hooks'
import type { Invitation } from '../api/rights'
import { useListing } from '../devices/listing'
import { words } from '../i18n/lang'
import { now, timeAndDay } from '../i18n/time'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { PageTop } from '../shell/PageTop'
import { useSession } from '../shell/session'
import { Colleagues } from './Colleagues'
import { InvitationSheet } from './InvitationSheet'
import { InviteForm } from './InviteForm'
import { Registry } from './registry'
import './members.css'

/** *Membres*: who works where, in which role, and the way in for others. */
export function MembersPage() {
  const { client, say } = useSession()
  const registry = useMemo(() => new Registry(client), [client])
  const people = useListing(registry.colleagues)
  const waiting = useListing(registry.invitations)
  const [made, setMade] = useState<Invitation>()
  const page = useFocus<HTMLElement>()
  const w = words.value
  const withdraw = async ({ id, name }: Invitation): Promise<void> => {
    const done = await waiting.change(async () => (await registry.withdraw(id), true))
    if (!done) return
    if (made?.id === id) setMade(undefined)
    say({ text: words.peek().rights.withdrawn(name) })
  }
  return (
    <main class="page members-page" ref={page} tabIndex={-1} aria-label={w.pages.members}>
      <PageTop title={w.pages.members} />
      <LastNews />
      <div class="members-body">
        <section aria-label={w.pages.members}>
          <Colleagues registry={registry} listing={people} />
        </section>
        <aside>
          {made && <InvitationSheet key={made.id} invitation={made} onClose={() => setMade(undefined)} />}
          <InviteForm
            onInvite={async (invitation) => {
              const kept = await waiting.change(() => registry.invite(invitation))
              if (kept) setMade(kept)
              return kept !== undefined
            }}
          />
          {waiting.rows && waiting.rows.length > 0 && (
            <section class="waiting-invitations" aria-labelledby="waiting-invitations">
              <h2 id="waiting-invitations">{w.rights.waiting}</h2>
              <ul>
                {waiting.rows.map((i) => (
                  <li key={i.id}>
                    <p>
                      <b>{i.name}</b> {w.rights.sheetRole(w.role[i.role], i.place_name)}
                      <span>{w.rights.until(w.at(...timeAndDay(w, i.expires, now.value)))}</span>
                    </p>
                    <button type="button" class="key" aria-label={w.actOn(w.rights.withdraw, i.name)} onClick={() => void withdraw(i)}>
                      {w.rights.withdraw}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </aside>
      </div>
    </main>
  )
}
