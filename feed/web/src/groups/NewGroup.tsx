import { useState } from 'preact/hooks'
import type { GroupDraft, GroupKind, Joining } from '../api/group'
import { byPlace, depthOf } from '../feed/territory'
import { lang, words } from '../i18n/lang'
import { Chips } from '../publish/Chips'
import { useActs } from '../post/acts'
import { useFocus } from '../shell/focus'
import { usePoll } from '../shell/poll'
import { go, pagePath } from '../shell/route'
import { useSession, workplaceOf } from '../shell/session'
import type { Circles } from './circles'

const minute = 60_000
const kinds: GroupKind[] = ['team', 'project', 'subject', 'watch']
const joinings: Joining[] = ['open', 'asked', 'invited']

/** A group to come: what it is around, who sees it and how one comes in. */
export function NewGroup({ circles, onLeave }: { circles: Circles; onLeave: () => void }) {
  const { me, client } = useSession()
  const { attempt } = useActs()
  const field = useFocus<HTMLInputElement>()
  const [draft, setDraft] = useState<GroupDraft>({ name: '', purpose: '', kind: 'project', join: 'open', hidden: false, home: workplaceOf(me, undefined).territory })
  const [sending, setSending] = useState(false)
  const places = (usePoll(client.territories, minute, lang.value) ?? []).filter((t) => t.kind !== 'machine').sort(byPlace)
  const w = words.value
  const g = w.groups
  const change = (next: Partial<GroupDraft>): void => setDraft({ ...draft, ...next })
  const create = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!draft.name.trim() || sending) return
    setSending(true)
    await attempt(async () => go(pagePath('groups', (await circles.create(draft)).id)))
    setSending(false)
  }
  return (
    <form class="new-group" aria-labelledby="new-group" onSubmit={(event) => void create(event)}>
      <h2 id="new-group">{g.createTitle}</h2>
      <label>
        {g.name}
        <input ref={field} name="name" maxLength={60} autocomplete="off" value={draft.name} onInput={(e) => change({ name: e.currentTarget.value })} />
      </label>
      <label>
        {g.purpose}
        <input name="purpose" maxLength={300} autocomplete="off" placeholder={g.purposeHint} value={draft.purpose} onInput={(e) => change({ purpose: e.currentTarget.value })} />
      </label>
      <Chips legend={g.kindIs} all={kinds.map((id) => ({ id, name: g.kind[id] }))} chosen={[draft.kind]} onPick={(id) => change({ kind: id as GroupKind })} />
      <label>
        {g.home}
        <select name="home" value={draft.home} onChange={(e) => change({ home: e.currentTarget.value })}>
          {places.map((t) => (
            <option key={t.path} value={t.path}>
              {'\u00a0\u00a0'.repeat(depthOf(t.path, places)) + t.name}
            </option>
          ))}
        </select>
      </label>
      <Chips legend={g.joinIs} all={joinings.map((id) => ({ id, name: g.join[id] }))} chosen={[draft.join]} onPick={(id) => change({ join: id as Joining })} />
      <p class="hint">{g.joinSays[draft.join]}</p>
      <Chips
        legend={g.seenBy}
        all={[
          { id: 'listed', name: g.listed },
          { id: 'hidden', name: g.hidden },
        ]}
        chosen={[draft.hidden ? 'hidden' : 'listed']}
        onPick={(id) => change({ hidden: id === 'hidden' })}
      />
      <div class="form-keys">
        <button type="button" class="key" onClick={onLeave}>
          {w.cancel}
        </button>
        <button type="submit" class="key main" disabled={!draft.name.trim() || sending}>
          {sending ? g.creating : g.create}
        </button>
      </div>
    </form>
  )
}
