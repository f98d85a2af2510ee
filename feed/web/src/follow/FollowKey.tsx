import { useEffect, useMemo, useState } from 'preact/hooks'
import type { FollowKind } from '../api/place'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { Survey } from '../territories/survey'
import './follow.css'

type Props = { kind: FollowKind; target: string; name: string }

/** Lets a person hear of something from now on: one touch, and one to take it back. */
export function FollowKey({ kind, target, name }: Props) {
  const { client, me, say } = useSession()
  const { attempt } = useActs()
  const survey = useMemo(() => new Survey(client), [client])
  const [on, setOn] = useState<boolean>()
  useEffect(() => {
    let left = false
    if (!me.station) {
      survey.follows().then(
        (all) => !left && setOn(all.some((f) => f.kind === kind && f.target === target)),
        () => undefined,
      )
    }
    return () => (left = true, undefined)
  }, [me.id, kind, target])
  if (me.station || on === undefined) return null
  const w = words.value
  const set = (next: boolean, undoing = false): void => {
    setOn(next)
    void attempt(() => survey.follow(kind, target, next)).then((done) => {
      if (!done) return setOn(!next)
      const p = words.peek().places
      if (!undoing) say({ text: next ? p.followed(name) : p.unfollowed(name), action: { label: words.peek().cancel, run: () => set(!next, true) } })
    })
  }
  return (
    <button type="button" class="key follow" aria-pressed={on} aria-label={w.places.followOf(name)} onClick={() => set(!on)}>
      {on ? w.places.following : w.places.follow}
    </button>
  )
}
