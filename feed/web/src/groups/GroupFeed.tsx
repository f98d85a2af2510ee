import { batch } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { GroupDetail } from '../api/group'
import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { Item } from '../post/Item'
import { LastWord } from '../post/LastWord'
import { useSession } from '../shell/session'
import type { Circles } from './circles'
import { GroupForm } from './GroupForm'

type Props = { circles: Circles; group: GroupDetail; put: (group: GroupDetail) => void }

const newest = (a: Post, b: Post): number => (a.bumped_at < b.bumped_at ? 1 : -1)

/** What is said in a group, what is pinned first, then the newest. */
export function GroupFeed({ circles, group, put }: Props) {
  const { client, feed } = useSession()
  // What was said before one came in was in no feed of theirs.
  useEffect(() => {
    client.posts({ territory: group.place, limit: 100 }).then(
      ({ posts }) => batch(() => posts.forEach((post) => feed.confirm(post))),
      () => undefined, // what the feed has is shown
    )
  }, [group.place])
  const w = words.value.groups
  const posts = [...feed.posts.value.values()].filter((post) => post.territory === group.place).sort(newest)
  const pinned = posts.find((post) => post.id === group.pinned)
  const others = posts.filter((post) => post !== pinned)
  const card = (post: Post) => <Said key={post.id} post={post} circles={circles} group={group} put={put} />
  return (
    <section class="group-feed stretch" aria-label={w.feed}>
      {!group.archived && <GroupForm group={group} />}
      {pinned && card(pinned)}
      {others.map(card)}
      {posts.length === 0 && <p class="quiet">{w.nothing}</p>}
    </section>
  )
}

/** One post of the group, which its keepers may pin. */
function Said({ post, circles, group, put }: Props & { post: Post }) {
  const { attempt } = useActs()
  const w = words.value.groups
  const isPinned = group.pinned === post.id
  const pin = (): void => void attempt(async () => put(await circles.change(group.id, { pinned: isPinned ? '' : post.id })))
  return (
    <Item post={post} places={[isPinned ? w.pinned : undefined]}>
      <LastWord post={post} />
      {group.mine === 'keeper' && !group.archived && (
        <button type="button" class="plain pinning" aria-pressed={isPinned} onClick={pin}>
          {isPinned ? w.unpin : w.pin}
        </button>
      )}
    </Item>
  )
}
