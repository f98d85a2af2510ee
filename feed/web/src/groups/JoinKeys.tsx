import type { GroupDetail } from '../api/group'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { go } from '../shell/route'
import { useSession } from '../shell/session'
import type { Circles } from './circles'
import { isIn } from './order'

type Props = { circles: Circles; group: GroupDetail; put: (group: GroupDetail) => void }

/** The way into a group, for whoever is not in it. */
export function JoinKeys({ circles, group, put }: Props) {
  const { me, say } = useSession()
  const { attempt } = useActs()
  const w = words.value.groups
  if (isIn(group)) return null
  const join = (): void =>
    void attempt(async () => {
      const next = await circles.join(group.id)
      put(next)
      say({ text: next.mine === 'asked' ? w.asked : w.joined(next.name) })
    })
  const decline = (): void =>
    void attempt(async () => {
      await circles.part(group.id, me.id)
      go('/groups')
    })
  const may = group.mine === 'invited' || (group.mine === 'none' && group.join !== 'invited')
  return (
    <>
      <p class="hint">{group.mine === 'asked' ? w.asked : may ? w.insideOnly : w.onlyInvited}</p>
      <div class="group-keys">
        {group.mine === 'invited' && (
          <button type="button" class="key" onClick={decline}>
            {w.decline}
          </button>
        )}
        {may && (
          <button type="button" class="key main" onClick={join}>
            {group.mine === 'invited' ? w.accept : group.join === 'asked' ? w.ask : w.joinNow}
          </button>
        )}
      </div>
    </>
  )
}
