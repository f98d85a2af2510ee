import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { lazy } from '../shell/lazy'
import { postPath } from '../shell/route'
import { useSession } from '../shell/session'
import type { Asking } from './AskingDialog'
import { useTalk } from './useTalk'
import './talk.css'

const AskingDialog = lazy(async () => (await import('./AskingDialog')).AskingDialog, null)
const GuestDialog = lazy(async () => (await import('./GuestDialog')).GuestDialog, null)

type Props = { post: PostDetail; onEdit: () => void; onDone: () => void }

/** What is done to the post as something written: share it, change it, moderate it. */
export function PostTools({ post, onEdit, onDone }: Props) {
  const { me, say } = useSession()
  const talk = useTalk()
  const [asking, ask] = useState<Asking | 'guest'>()
  const t = words.value.talk
  const { can } = post
  const person = post.author.kind === 'person'
  const own = person && post.author.member === me.id
  const hidden = post.talk?.hidden
  const close = (): void => ask(undefined)
  const key = (label: string, run: () => void) => (
    <button type="button" class="plain" key={label} onClick={run}>
      {label}
    </button>
  )
  return (
    <div class="post-tools">
      {key(t.share, () => void share(post).then((text) => text && say({ text })))}
      {can.admit && key(t.guest, () => ask('guest'))}
      {own && can.write && !hidden && post.kind !== 'must-read' && post.kind !== 'practice' && post.text && key(t.edit, onEdit)}
      {post.talk?.edited_at && (own || can.moderate) && key(t.versions, () => ask('versions'))}
      {person && !own && can.write && !can.moderate && !hidden && key(t.flag, () => ask('flag'))}
      {person && !own && can.moderate && !hidden && key(t.hide, () => ask('hide'))}
      {hidden && can.moderate && key(t.show, () => void talk.show({ post: post.id }).then(onDone))}
      {hidden && own && !hidden.answer && key(t.contest, () => ask('contest'))}
      {asking === 'guest' && <GuestDialog post={post} onClose={close} />}
      {asking && asking !== 'guest' && <AskingDialog what={asking} on={{ post: post.id }} onDone={onDone} onClose={close} />}
    </div>
  )
}

/** Hands the address on as the device does, or copies it; says what to tell. */
async function share(post: PostDetail): Promise<string | undefined> {
  const url = location.origin + postPath(post.id)
  const t = words.peek().talk
  try {
    // A telephone knows to whom; on a desktop the clipboard is quicker.
    if (navigator.share && matchMedia('(pointer: coarse)').matches) {
      await navigator.share({ title: post.title, url })
      return undefined
    }
    await navigator.clipboard.writeText(url)
    return t.shared
  } catch (err) {
    return err instanceof Error && err.name === 'AbortError' ? undefined : t.shareFailed
  }
}
