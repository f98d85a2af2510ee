import { words } from '../i18n/lang'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { Voice, type Writing } from './voice'

/** What a person can do to what was said. Each tells whether it is out of their hands. */
export function useTalk() {
  const { client, say, feed } = useSession()
  const { attempt } = useActs()
  const voice = new Voice(client)
  /** Does it, and shows what the server has then. */
  const does = (work: () => ReturnType<Voice['show']>, done?: () => void): Promise<boolean> =>
    attempt(async () => {
      feed.confirm(await work())
      done?.()
    })
  const tell = (text: string): void => say({ text })
  const show = (on: Writing): Promise<boolean> => does(() => voice.show(on), () => tell(words.peek().talk.shown))
  return {
    voice,
    show,
    edit: (on: Writing, text: string) => does(() => voice.edit(on, text)),
    remove: (post: string, comment: string) => does(() => voice.remove(post, comment)),
    accept: (post: string, comment: string, on: boolean) => does(() => voice.accept(post, comment, on)),
    /** Can be put back with the next touch; onShown is told when it was. */
    hide: (on: Writing, reason: string, onShown: () => void) =>
      does(
        () => voice.hide(on, reason),
        () => {
          const w = words.peek()
          say({ text: w.talk.hiddenDone, action: { label: w.talk.show, run: () => void show(on).then(onShown) } })
        },
      ),
    contest: (on: Writing, text: string) => does(() => voice.contest(on, text), () => tell(words.peek().talk.contestDone)),
    flag: (on: Writing, reason: string) => does(() => voice.flag(on, reason), () => tell(words.peek().talk.flagDone)),
    recommend: (post: string, to: { people?: string[]; roles?: string[] }) =>
      attempt(async () => tell(words.peek().talk.recommended(await voice.recommend(post, to)))),
  }
}
