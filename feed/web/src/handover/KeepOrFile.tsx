import type { SheetLine } from '../api/living'
import { words } from '../i18n/lang'
import { readAs } from '../i18n/offered'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { standingOf } from './handover'

/** Whether a post goes on to the next shift: it does, unless somebody files it. */
export function KeepOrFile({ line }: { line: SheetLine }) {
  const { feed, asPerson } = useSession()
  const acts = useActs()
  const w = words.value
  const l = w.lines
  const post = feed.posts.value.get(line.post)
  const standing = standingOf(post && { ...post, ...(post.cause && { cause: readAs(post.cause, w) }) }, l.filed)
  if (!post || standing === 'ended') return <span class="stands">{l.ended}</span>
  if (standing === 'holds') return <span class="stands">{l.itHolds}</span>
  const filed = standing === 'filed'
  const name = (act: string): string => w.actOn(act, line.title)
  return (
    <div class="choice" role="group">
      <button type="button" aria-label={name(l.keep)} aria-pressed={!filed} onClick={() => filed && asPerson(() => void acts.reopen(post))}>
        {l.keep}
      </button>
      <button type="button" aria-label={name(l.file)} aria-pressed={filed} onClick={() => !filed && asPerson(() => void acts.resolve(post, l.filed))}>
        {filed ? l.wasFiled : l.file}
      </button>
    </div>
  )
}
