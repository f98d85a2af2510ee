import type { Practice } from '../api/practice'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { postPath } from '../shell/route'
import { useCards } from './useCards'
import './cards.css'

/** What helped before with the same thing: a touch opens it, another one says that it helped. */
export function Offered({ post, onDone }: { post: PostDetail; onDone: () => void }) {
  const w = words.value
  if (post.practices.length === 0) return null
  return (
    <section class="offered" aria-label={w.cards.offered}>
      <h3>{w.cards.offered}</h3>
      <ul>
        {post.practices.map((card) => (
          <One key={card.id} card={card} post={post} onDone={onDone} />
        ))}
      </ul>
    </section>
  )
}

/** One card: against what, what helps, why it is shown, and whether to believe it. */
function One({ card, post, onDone }: { card: Practice; post: PostDetail; onDone: () => void }) {
  const cards = useCards()
  const w = words.value
  return (
    <li>
      <a href={postPath(card.id)}>
        <span class="why">{w.cards.close[card.close]}</span>
        <b>{asRead(card.action)}</b>
        <span>
          {w.cards.against} {asRead(card.cause)}
          {card.uses > 0 && ` · ${w.cards.uses(card.uses)}`}
        </span>
        {card.due && <em class="doubt">{w.cards.due}</em>}
      </a>
      {post.can.write && (
        <button type="button" class="key" aria-pressed={card.mine} onClick={() => void cards.helped(post.id, card.id, !card.mine).then(onDone)}>
          {card.mine ? w.cards.helpedMe : w.cards.helps}
          <span class="spoken">{` : ${asRead(card.action)}`}</span>
        </button>
      )}
    </li>
  )
}
