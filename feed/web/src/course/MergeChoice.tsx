import type { Post } from '../api/types'
import { byEnd, isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { headingOf } from '../post/heading'
import { useSession } from '../shell/session'

type Props = { post: Post; label: string; onPick: (into: Post) => void; onCancel: () => void }

const most = 6

/** Which other one takes it in: the open ones of its kind, those of its own place first. */
export function MergeChoice({ post, label, onPick, onCancel }: Props) {
  const { feed } = useSession()
  const w = words.value
  const near = (other: Post): number => Number(other.territory !== post.territory)
  const others = [...feed.posts.value.values()]
    .filter((other) => other.id !== post.id && other.kind === post.kind && isOpen(other.state))
    .sort((a, b) => near(a) - near(b) || byEnd(a, b))
    .slice(0, most)
  return (
    <>
      {others.length === 0 && <p class="quiet">{w.circuits.mergeNone}</p>}
      <div class="chips merges" role="group" aria-labelledby={label}>
        {others.map((other) => (
          <button type="button" class="chip" key={other.id} onClick={() => onPick(other)}>
            {asRead(headingOf(other))}
          </button>
        ))}
        <button type="button" class="key" onClick={onCancel}>
          {w.cancel}
        </button>
      </div>
    </>
  )
}
