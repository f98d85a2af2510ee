import { useRef, useState } from 'preact/hooks'
import type { Me, PostDetail } from '../api/types'
import { CardKeys } from '../cards/CardKeys'
import { isDecided } from '../course/course'
import { isCalm, isOpen, isOutOfService, lacksCause } from '../feed/order'
import { words } from '../i18n/lang'
import { NoticeKeys } from '../notice/NoticeKeys'
import { SignKeys } from '../handover/SignKeys'
import { homeOf, useSession } from '../shell/session'
import { useSettle } from '../shell/settle'
import { useActs } from './acts'
import { AnswerChips, takesAnswer, type Answer } from './AnswerChips'
import { AskKey } from './AskKey'
import { mayDecide, nextFor } from './next'
import { MoreMenu } from './MoreMenu'
import { ResolveDialog } from './ResolveDialog'
import { ShelfKeys } from './ShelfKeys'
import { Verdicts } from './Verdicts'

/** What can be done to a post, at the bottom of its page; chips: causes stand above the keys. */
export function Actions({ post, chips = false, onDone }: { post: PostDetail; chips?: boolean; onDone: () => void }) {
  const { me } = useSession()
  const keys = useRef<HTMLDivElement>(null)
  const [answer, setAnswer] = useState<Answer>({})
  useSettle(keys, post.state)
  if (!post.can.write && !post.can.handle) return null
  return (
    <footer class="page-foot">
      {chips && post.can.handle && homeOf(me) === 'line' && takesAnswer(post) && <AnswerChips post={post} answer={answer} onAnswer={setAnswer} />}
      {post.sheet && post.can.write && isOpen(post.state) && <SignKeys post={post} />}
      <div class="page-keys" ref={keys}>
        <MoreMenu post={post} />
        <NoticeKeys post={post} />
        <AskKey post={post} />
        <CardKeys post={post} onDone={onDone} />
        {(post.can.handle || mayDecide(post, me)) && <Handling post={post} answer={answer} />}
      </div>
    </footer>
  )
}

type Handled = { post: PostDetail; answer: Answer }

/** What whoever handles it does next. */
function Handling({ post, answer }: Handled) {
  const { me } = useSession()
  const acts = useActs()
  const w = words.value
  if (isCalm(post)) return null
  return (
    <>
      {!isOpen(post.state) && mayReopen(post, me) && (
        <button type="button" class="key" onClick={() => void acts.reopen(post)}>
          {w.reopen}
        </button>
      )}
      {lacksCause(post) && <CauseKey post={post} />}
      {/* Who works in the aisle has the keys of the aisle. */}
      {post.sku && homeOf(me) === 'aisle' ? <ShelfKeys post={post} /> : <Steps post={post} answer={answer} />}
    </>
  )
}

/** What was decided is opened again by whoever decided it, or oversees the place. */
const mayReopen = (post: PostDetail, me: Me): boolean => !isDecided(post) || post.can.oversee || post.talk?.course?.by?.member === me.id

/** Says afterwards why something that ended by itself happened. */
function CauseKey({ post }: { post: PostDetail }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button type="button" class="key main" onClick={() => setAsking(true)}>
        {words.value.giveCause}
      </button>
      {asking && <ResolveDialog post={post} onClose={() => setAsking(false)} />}
    </>
  )
}

/** From taking a post to its cause. */
function Steps({ post, answer }: Handled) {
  const { me, asPerson } = useSession()
  const acts = useActs()
  const [resolving, setResolving] = useState(false)
  const w = words.value
  const next = nextFor(post, me)
  // Out of service is for others to end; what it was about may still be handled.
  if (!isOpen(post.state) || (!next && !isOutOfService(post))) return null
  if (next === 'confirm') {
    return (
      <button type="button" class="key main" onClick={() => void acts.confirmEnd(post)}>
        {w.living.confirmEnd}
      </button>
    )
  }
  if (next === 'decide') return <Verdicts post={post} />
  if (isDecided(post)) return null
  const helps = post.kind === 'help-wanted'
  const own = post.taker?.member === me.id
  const { cause, action } = answer
  const finish = (cause: string, action?: string): void => asPerson(() => void acts.resolve(post, cause, action))
  const resolve = (): void => (helps ? finish(w.people.helpDoneCause) : cause === undefined ? setResolving(true) : finish(cause, action))
  const main = (act: boolean): string => `key ${act ? 'main' : ''}`
  return (
    <>
      {!own && (!helps || next === 'take') && (
        <button type="button" data-guide="take" class={main(next === 'take' && cause === undefined)} onClick={() => void acts.take(post)}>
          {helps ? w.people.come : post.state === 'new' ? w.take : w.takeOver}
        </button>
      )}
      {post.state !== 'onsite' && (!helps || own) && (
        <button type="button" class={main(next === 'arrive' && cause === undefined)} onClick={() => void acts.arrive(post)}>
          {w.arrive}
        </button>
      )}
      <button type="button" data-guide="resolve" class={main((next === 'resolve' && own) || cause !== undefined)} onClick={resolve}>
        {helps ? w.people.helpDone : w.resolve}
      </button>
      {resolving && <ResolveDialog post={post} onClose={() => setResolving(false)} />}
    </>
  )
}
