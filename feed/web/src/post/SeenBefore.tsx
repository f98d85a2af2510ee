import type { Fitting } from '../api/practice'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { postPath } from '../shell/route'

/** "Déjà vu : démonter la buse": the good practice that fits, which a touch opens. It says more than how it ended the last time. */
export function SeenBefore({ card }: { card: Fitting | undefined }) {
  if (!card) return null
  return (
    <a class="seen-before" href={postPath(card.card)}>
      <b>{words.value.cards.seen}</b> <span>{asRead(card.action)}</span>
    </a>
  )
}
