import { Refusal } from '../api/request'
import type { Draft, PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { Queued } from '../outbox/queued'
import { useActs } from '../post/acts'
import { useOnce } from '../shell/once'
import { go } from '../shell/route'
import { useSession } from '../shell/session'
import { ownPlace } from './place'

/** What is said of an article, from the reader's own aisle unless it says where. */
export type Said = Omit<Draft, 'territory'> & { territory?: string }

type Report = {
  /** Sends at once, tells so with a way to take it back, and returns to the feed; false when it was not taken. */
  send: (said: Said, what: string) => Promise<boolean>
}

/** Reports with one touch: what is sent is sent, and taken back while nobody else touched it. */
export function useReport(): Report {
  const { me, client, feed, say, asPerson } = useSession()
  const { attempt } = useActs()
  const { keyOf, arrived } = useOnce()
  const takeBack = (post: PostDetail): void =>
    void attempt(async () => {
      feed.confirm(await client.step(post.id, 'withdraw'))
      say({ text: words.peek().shop.undone })
    })
  const deliver = (draft: Draft, what: string): Promise<boolean> =>
    attempt(async () => {
      const w = words.peek().shop
      try {
        const { post } = await client.report(draft, keyOf(draft))
        feed.confirm(post)
        say({ text: w.sent(what), action: { label: w.undo, run: () => takeBack(post) } })
      } catch (err) {
        if (!(err instanceof Queued)) throw err
        say({ text: w.queued(what) })
      }
      arrived() // the same again is another report
      go('/')
    })
  return {
    send: ({ photos, ...said }, what) => {
      const draft: Draft = { territory: ownPlace(me), ...said, ...(photos && photos.length > 0 && { photos }) }
      return new Promise((resolve) => asPerson(() => void deliver(draft, what).then(resolve)))
    },
  }
}

/** Whether the server understood, and has no such article. */
export const isUnknown = (err: unknown): boolean => err instanceof Refusal && err.status === 404
