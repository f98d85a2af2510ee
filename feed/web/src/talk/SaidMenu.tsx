import { useState } from 'preact/hooks'
import type { Comment, PostDetail } from '../api/types'
import { words } from '../i18n/lang'
import { usePopover } from '../shell/popover'
import { useSession } from '../shell/session'
import { lazy } from '../shell/lazy'
import { useTalk } from './useTalk'
import type { Asking } from './AskingDialog'

const AskingDialog = lazy(async () => (await import('./AskingDialog')).AskingDialog, null)

type Props = { post: PostDetail; comment: Comment; onEdit: () => void; onDone: () => void }
type Choice = { label: string; run: () => void }

/** What is done to a comment less often than to answer it. */
export function SaidMenu({ post, comment, onEdit, onDone }: Props) {
  const { root, open, toggle, onKeyDown } = usePopover()
  const [asking, ask] = useState<Asking>()
  const choices = useChoices({ post, comment, onEdit, onDone }, ask)
  if (choices.length === 0) return null
  return (
    <div class="said-menu" ref={root} onKeyDown={onKeyDown}>
      <button type="button" class="plain" aria-expanded={open} aria-label={words.value.talk.more(comment.author.name)} onClick={toggle}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 12h.01M12 12h.01M19 12h.01" />
        </svg>
      </button>
      {open && (
        <div class="menu" role="group" aria-label={words.value.talk.more(comment.author.name)}>
          {choices.map(({ label, run }) => (
            <button
              type="button"
              class="key"
              key={label}
              onClick={() => {
                toggle()
                run()
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {asking && <AskingDialog what={asking} on={{ post: post.id, comment: comment.id }} onDone={onDone} onClose={() => ask(undefined)} />}
    </div>
  )
}

function useChoices({ post, comment, onEdit, onDone }: Props, ask: (what: Asking) => void): Choice[] {
  const { me } = useSession()
  const talk = useTalk()
  const t = words.value.talk
  const own = comment.author.member === me.id
  const { can } = post
  const accepted = post.talk?.accepted === comment.id
  const versions = comment.edited_at || (comment.deleted && can.moderate) ? [{ label: t.versions, run: () => ask('versions') }] : []
  if (comment.deleted) return can.moderate ? versions : []
  if (comment.hidden) {
    return [
      ...(can.moderate ? [{ label: t.show, run: () => void talk.show({ post: post.id, comment: comment.id }).then(onDone) }] : []),
      ...(own && !comment.hidden.answer ? [{ label: t.contest, run: () => ask('contest') }] : []),
    ]
  }
  const out: Choice[] = []
  if (can.accept) out.push({ label: accepted ? t.unaccept : t.accept, run: () => void talk.accept(post.id, comment.id, !accepted).then(onDone) })
  if (own && can.write) out.push({ label: t.edit, run: onEdit }, { label: t.remove, run: () => ask('remove') })
  if (can.moderate && !own) out.push({ label: t.hide, run: () => ask('hide') })
  if (can.write && !can.moderate && !own) out.push({ label: t.flag, run: () => ask('flag') })
  return own || can.moderate ? [...out, ...versions] : out
}
