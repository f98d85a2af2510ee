import { useState } from 'preact/hooks'
import type { Post } from '../api/types'
import { byEnd, isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { PostList } from '../post/PostList'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { saysAll } from './search'

const pageSize = 50

/** What ended before: read page by page when asked, and searched by words as far as it was read. */
export function Earlier({ territory, shown }: { territory: string; shown: readonly Post[] }) {
  const { client } = useSession()
  const { attempt } = useActs()
  const [posts, setPosts] = useState<Post[]>()
  const [next, setNext] = useState<string>()
  const [reading, setReading] = useState(false)
  const [wanted, want] = useState('')
  const s = words.value.steer
  const above = new Set(shown.map((p) => p.id))
  const read = async (): Promise<void> => {
    setReading(true)
    await attempt(async () => {
      const found = [...(posts ?? [])]
      let cursor = next
      // The first pages may hold nothing but what stands on the board already.
      do {
        const page = await client.posts({ state: 'ended', limit: pageSize, ...(territory && { territory }), ...(cursor && { cursor }) })
        found.push(...page.posts.filter((p) => !isOpen(p.state)))
        cursor = page.next
      } while (cursor && found.every((p) => above.has(p.id)))
      setPosts(found)
      setNext(cursor)
    })
    setReading(false)
  }
  const older = (posts ?? []).filter((p) => !above.has(p.id)).sort(byEnd)
  const found = older.filter((p) => saysAll(p, wanted))
  return (
    <div class="earlier">
      {posts && (
        <label class="search">
          <span class="spoken">{s.search}</span>
          <input type="search" placeholder={s.search} value={wanted} onInput={(e) => want(e.currentTarget.value)} />
        </label>
      )}
      {wanted.trim() !== '' && <p class="quiet">{s.searched(found.length, older.length)}</p>}
      {posts && <PostList posts={found} />}
      {posts && !next ? (
        <p class="quiet">{s.earlierEnd}</p>
      ) : (
        <button type="button" class="key" disabled={reading} onClick={() => void read()}>
          {reading ? words.value.loading : posts ? s.evenEarlier : s.earlier}
        </button>
      )}
    </div>
  )
}
