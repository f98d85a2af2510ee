import { useState } from 'preact/hooks'
import type { PostDetail, Reaction } from '../api/types'
import { words } from '../i18n/lang'
import { lazy } from '../shell/lazy'
import { useActs } from './acts'

const RecommendDialog = lazy(async () => (await import('../talk/RecommendDialog')).RecommendDialog, null)

const all: Reaction[] = ['useful', 'like', 'recommend']

/** The three reactions, each set or taken back by a touch. */
export function Reactions({ post, onDone }: { post: PostDetail; onDone: () => void }) {
  const { react } = useActs()
  const [recommending, recommend] = useState(false)
  const w = words.value
  return (
    <div class="reactions" role="group" aria-label={w.reactions}>
      {all.map((reaction) => {
        const on = post.mine.includes(reaction)
        const count = post.reactions[reaction] ?? 0
        return (
          <button
            type="button"
            class="chip"
            key={reaction}
            aria-pressed={on}
            disabled={!post.can.write}
            onClick={() =>
              void react(post, reaction, !on).then((done) => {
                onDone()
                if (done && reaction === 'recommend' && !on) recommend(true)
              })
            }
          >
            {w.reaction[reaction]} {count > 0 && <b>{count}</b>}
          </button>
        )
      })}
      {recommending && <RecommendDialog post={post} onClose={() => recommend(false)} />}
    </div>
  )
}
