import { useState } from 'preact/hooks'
import type { Territory } from '../api/types'
import { lang, words } from '../i18n/lang'
import { PostList } from '../post/PostList'
import { useSession } from '../shell/session'
import { useReading } from './reading'

const most = 50

/** What people of a ghost place would have seen. */
export function GhostPosts({ place }: { place: Territory }) {
  const [open, setOpen] = useState(false)
  const r = words.value.rules
  return (
    <div class="ghosts">
      <button type="button" class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? r.ghostHide : r.ghostView}
      </button>
      {open && <Ghosts territory={place.path} />}
    </div>
  )
}

function Ghosts({ territory }: { territory: string }) {
  const { client } = useSession()
  const page = useReading(() => client.posts({ territory, audience: 'ghost', limit: most }), `${territory} ${lang.value}`)
  const w = words.value
  if (page.failed) return <p class="error">{w.unreachable}</p>
  if (!page.value) return <p class="quiet">{w.loading}</p>
  if (page.value.posts.length === 0) return <p class="quiet">{w.rules.ghostNone}</p>
  return <PostList posts={page.value.posts} />
}
