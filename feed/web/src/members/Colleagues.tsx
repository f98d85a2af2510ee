import { useState } from 'preact/hooks'
import type { Role } from '../api/types'
import { ConfirmDialog } from '../devices/ConfirmDialog'
import type { useListing } from '../devices/listing'
import { words } from '../i18n/lang'
import { useSession } from '../shell/session'
import { Unavailable } from '../shell/Unavailable'
import { MemberRow } from './MemberRow'
import type { Colleague, Registry } from './registry'
import { RolesDialog } from './RolesDialog'

type Props = { registry: Registry; listing: ReturnType<typeof useListing<Colleague>>; onInvite: (colleague: Colleague) => void }

/** Who works in one's places, found by name. */
export function Colleagues({ registry, listing: { rows, failed, again, change }, onInvite }: Props) {
  const { say } = useSession()
  const [find, setFind] = useState('')
  const [shown, setShown] = useState<string>()
  const [leaving, setLeaving] = useState<Colleague>()
  const w = words.value
  const found = rows?.filter((c) => fold(c.name).includes(fold(find)))
  const open = rows?.find((c) => c.id === shown)
  const setRole = async ({ id, name }: Colleague, territory: string, role: Role, on: boolean): Promise<void> => {
    const done = await change(async () => (await registry.role(id, territory, role, on), true))
    const r = words.peek().rights
    if (done) say({ text: (on ? r.given : r.taken)(words.peek().role[role], name) })
  }
  const revoke = async ({ id, name }: Colleague): Promise<void> => {
    setLeaving(undefined)
    if (await change(async () => (await registry.revoke(id), true))) say({ text: words.peek().rights.revoked(name) })
  }
  if (failed) {
    return (
      <Unavailable text={w.rights.notRead}>
        <button type="button" class="key main" onClick={again}>
          {w.tryAgain}
        </button>
      </Unavailable>
    )
  }
  if (!rows || !found) return <p class="quiet waiting">{w.loading}</p>
  if (rows.length === 0) return <p class="quiet">{w.rights.membersNone}</p>
  return (
    <>
      <label class="find">
        {w.rights.find}
        <input type="search" name="find" value={find} onInput={(e) => setFind(e.currentTarget.value)} />
      </label>
      {found.length === 0 && <p class="quiet">{w.rights.noMatch}</p>}
      <ul class="member-list">
        {found.map((c) => (
          <MemberRow key={c.id} colleague={c} onInvite={() => onInvite(c)} onRoles={() => setShown(c.id)} onRevoke={() => setLeaving(c)} />
        ))}
      </ul>
      {open && <RolesDialog colleague={open} onChange={(...grant) => void setRole(open, ...grant)} onClose={() => setShown(undefined)} />}
      {leaving && (
        <ConfirmDialog
          title={w.rights.revokeTitle(leaving.name)}
          text={w.rights.revokeSays}
          act={w.rights.revoke}
          onDone={() => void revoke(leaving)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </>
  )
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
