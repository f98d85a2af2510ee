import type { CardDraft } from '../api/practice'
import type { PostDetail } from '../api/types'
import type { Words } from '../i18n/fr'
import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { go, postPath } from '../shell/route'
import { useSession } from '../shell/session'
import { Shelf } from './shelf'

/** What a person can do with good practices. Each tells whether it is out of their hands. */
export function useCards() {
  const { client, say, feed } = useSession()
  const { attempt } = useActs()
  const shelf = new Shelf(client)
  const does = (work: () => Promise<PostDetail>, done: (post: PostDetail, w: Words) => void): Promise<boolean> =>
    attempt(async () => {
      const post = await work()
      feed.confirm(post)
      done(post, words.peek())
    })

  const unsay = (card: string, done?: () => void): Promise<boolean> =>
    does(
      () => shelf.unsay(card),
      (_, w) => {
        say({ text: w.cards.undone })
        done?.()
      },
    )
  const confirm = (card: string, done?: () => void): Promise<boolean> =>
    does(
      () => shelf.confirm(card),
      ({ talk }, w) => {
        const text = talk?.card?.due ? w.cards.offeredAgain : w.cards.confirmed
        say({ text, action: { label: w.shop.undo, run: () => void unsay(card, done) } })
        done?.()
      },
    )
  const helped = (post: string, card: string, on: boolean): Promise<boolean> =>
    does(
      () => shelf.helped(post, card, on),
      (_, w) => say(on ? { text: w.cards.thanks, action: { label: w.shop.undo, run: () => void helped(post, card, false) } } : { text: w.cards.undone }),
    )
  return {
    confirm,
    helped,
    make: (post: string, draft: CardDraft, done: () => void) =>
      does(
        () => shelf.make(post, draft),
        (made, w) => {
          const card = made.links.find(({ as, kind }) => as === 'born' && kind === 'practice')
          say({ text: w.cards.made, ...(card && { action: { label: w.cards.see, run: () => go(postPath(card.id)) } }) })
          done()
        },
      ),
    rewrite: (card: string, draft: CardDraft, done: () => void) =>
      does(
        () => shelf.rewrite(card, draft),
        (_, w) => {
          say({ text: w.cards.saved })
          done()
        },
      ),
    /** It is offered again with the next touch. */
    retire: (card: string, reason: string, done?: () => void) =>
      does(
        () => shelf.retire(card, reason),
        (_, w) => {
          say({ text: w.cards.retiredNow, action: { label: w.shop.undo, run: () => void unsay(card, done) } })
          done?.()
        },
      ),
  }
}
