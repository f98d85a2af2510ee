import { useState } from 'preact/hooks'
import type { GroupDetail } from '../api/group'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useReading } from '../rules/reading'
import type { Circles } from './circles'

type Props = { circles: Circles; group: GroupDetail; put: (group: GroupDetail) => void; again: () => void }

/** Who asks to come in, who was invited, and whom one may invite. */
export function Calls({ circles, group, put, again }: Props) {
  const { attempt } = useActs()
  const g = words.value.groups
  const letIn = (member: string): void => void attempt(async () => put(await circles.admit(group.id, member, 'member')))
  const drop = (member: string): void =>
    void attempt(async () => {
      await circles.part(group.id, member)
      again()
    })
  return (
    <div class="calls">
      {group.requests.length > 0 && (
        <>
          <h2>
            {g.requests} <b>{group.requests.length}</b>
          </h2>
          <ul>
            {group.requests.map(({ member, name }) => (
              <li key={member}>
                <b>{name}</b>
                <span class="person-keys">
                  <button type="button" class="key" aria-label={g.refuseOf(name)} onClick={() => drop(member)}>
                    {g.refuse}
                  </button>
                  <button type="button" class="key main" aria-label={g.letInOf(name)} onClick={() => letIn(member)}>
                    {g.letIn}
                  </button>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Invite circles={circles} group={group} onInvite={letIn} />
      {group.invited.length > 0 && (
        <>
          <h2>{g.invited}</h2>
          <ul>
            {group.invited.map(({ member, name }) => (
              <li key={member}>
                <b>{name}</b>
                <button type="button" class="plain" onClick={() => drop(member)}>
                  {g.withdraw}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** Invites a colleague who works around the group's home. */
function Invite({ circles, group, onInvite }: { circles: Circles; group: GroupDetail; onInvite: (member: string) => void }) {
  const [chosen, setChosen] = useState('')
  const people = useReading(() => circles.candidates(group.id), `${group.id} ${group.members}`).value ?? []
  const asked = new Set([...group.requests, ...group.invited].map((one) => one.member))
  const g = words.value.groups
  return (
    <form
      class="invite-here"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen) onInvite(chosen)
        setChosen('')
      }}
    >
      <label>
        {g.inviteWho}
        <select name="invite" value={chosen} onChange={(e) => setChosen(e.currentTarget.value)}>
          <option value="" />
          {people
            .filter(({ member }) => !asked.has(member))
            .map(({ member, name }) => (
              <option key={member} value={member}>
                {name}
              </option>
            ))}
        </select>
      </label>
      <button type="submit" class="key" disabled={!chosen}>
        {g.invite}
      </button>
    </form>
  )
}
