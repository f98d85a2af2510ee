import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { lazy } from '../shell/lazy'
import { useSession } from '../shell/session'
import { useCards } from './useCards'

const CardForm = lazy(async () => (await import('./CardForm')).CardForm, null)
const RetireDialog = lazy(async () => (await import('./RetireDialog')).RetireDialog, null)

/** Makes a good practice of a solved post, or looks after the one that the post is; who wrote it leaves it to others to confirm. */
export function CardKeys({ post, onDone }: { post: PostDetail; onDone: () => void }) {
  const cards = useCards()
  const { me } = useSession()
  const [asking, ask] = useState<'form' | 'retire'>()
  const card = post.talk?.card
  const w = words.value
  const close = (): void => ask(undefined)
  if (!post.can.capitalise && !(post.can.tend && card)) return null
  return (
    <>
      {post.can.capitalise && (
        <button type="button" class="key main" onClick={() => ask('form')}>
          {w.cards.make}
        </button>
      )}
      {card && post.can.tend && (
        <>
          <button type="button" class="key" onClick={() => ask('form')}>
            {w.cards.edit}
          </button>
          {!card.retired && (
            <button type="button" class="key" onClick={() => ask('retire')}>
              {w.cards.retire}
            </button>
          )}
          {(card.retired || post.author.member !== me.id) && (
            <button type="button" class={`key ${card.due || card.retired ? 'main' : ''}`} onClick={() => void cards.confirm(post.id, onDone)}>
              {card.retired ? w.cards.again : w.cards.confirm}
            </button>
          )}
        </>
      )}
      {asking === 'form' && <CardForm post={post} onClose={close} onDone={onDone} />}
      {asking === 'retire' && <RetireDialog id={post.id} title={post.title} onClose={close} onDone={onDone} />}
    </>
  )
}
