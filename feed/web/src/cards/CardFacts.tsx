import type { Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { dayOf } from './age'
import './cards.css'

/** What a good practice is against, for which machines, and how fresh it is. */
export function CardFacts({ post }: { post: Post }) {
  const card = post.talk?.card
  if (!card) return null
  const w = words.value
  return (
    <div class={`card-facts ${card.retired ? 'retired' : ''}`}>
      <dl>
        <dt>{w.cards.wrong}</dt>
        <dd>{asRead(card.wrong)}</dd>
        <dt>{w.cards.cause}</dt>
        <dd>{asRead(card.cause)}</dd>
        <dt>{w.cards.action}</dt>
        <dd>
          <b>{asRead(card.action)}</b>
        </dd>
        <dt>{w.cards.forWhat}</dt>
        <dd>{card.sku ? `${w.article} ${card.sku}` : card.asset_name}</dd>
      </dl>
      <CardState post={post} />
    </div>
  )
}

/** Whether to believe it: who confirmed it when, how often it helped, or why it is retired. */
export function CardState({ post }: { post: Post }) {
  const card = post.talk?.card
  if (!card) return null
  const w = words.value
  return (
    <p class="card-state">
      {card.retired && <strong>{w.cards.retiredBecause(asRead(card.reason ?? ''))}</strong>}
      {card.due && <em class="doubt">{w.cards.due}</em>}
      <span>{(card.by.member === post.author.member ? w.cards.writtenBy : w.cards.confirmedBy)(dayOf(card.confirmed, w), card.by.name)}</span>
      <span>{card.uses > 0 ? w.cards.uses(card.uses) : w.cards.unused}</span>
    </p>
  )
}
