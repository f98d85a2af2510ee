import type { Article } from '../api/article'
import { words } from '../i18n/lang'
import { formatNumber, formatPrice } from '../i18n/number'
import { formatTime, now } from '../i18n/time'
import { SalesBars } from './SalesBars'

/** What the ERP says of an article, and how old that is. */
export function Facts({ article, old }: { article: Article; old: boolean }) {
  const w = words.value
  const s = w.shop
  const number = (n: number, decimals = 0): string => formatNumber(w.locale, n, Number.isInteger(n) ? decimals : Math.max(decimals, 1))
  const { on_hand, back_room, price, delivery } = article
  return (
    <section class={`facts-sheet ${old ? 'old' : ''}`} aria-label={s.article}>
      <div class="on-hand">
        <p class="value">
          <span>{s.stock}</span>
          {on_hand === undefined ? '–' : number(on_hand)}
        </p>
        <p>
          {on_hand === undefined && <b>{s.notListed}</b>}
          {back_room !== undefined && (
            <b>
              {number(back_room)} {s.backRoom}
            </b>
          )}
          <span>
            {s.dataOf(formatTime(w, article.at, now.value))}
            {old && ` · ${s.lastReading}`}
          </span>
        </p>
      </div>
      <dl>
        <div>
          <dt>{s.delivery}</dt>
          <dd>
            {delivery ? (
              <>
                {formatTime(w, delivery.at, now.value)}
                {delivery.quantity !== undefined && <span>{` · ${s.pieces(number(delivery.quantity))}`}</span>}
              </>
            ) : (
              <span>{s.noDelivery}</span>
            )}
          </dd>
        </div>
        {price !== undefined && (
          <div>
            <dt>{s.price}</dt>
            <dd>{formatPrice(w.locale, price, article.currency)}</dd>
          </div>
        )}
      </dl>
      <SalesBars sold={article.sold} />
    </section>
  )
}
