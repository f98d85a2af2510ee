import type { Post } from '../api/types'
import { isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { formatTime, now } from '../i18n/time'
import { postPath } from '../shell/route'

/** What a call for a hand asks for, and how far it was heard; nothing on other posts. */
export function HelpFacts({ post }: { post: Post }) {
  const help = post.talk?.help
  const w = words.value
  const p = w.people
  if (!help) return null
  const wanted = help.skill && [p.wanted(help.skill), help.learners && p.learners].filter(Boolean).join(' ')
  const said = [wanted, help.at && p.at(formatTime(w, help.at, now.value)), post.state === 'new' && p.asked(help.asked, help.around)]
  return (
    <p class="help-facts">
      {said.filter(Boolean).join(' · ')}
      {post.talk?.from && isOpen(post.state) && (
        <>
          {' '}
          <a href={postPath(post.talk.from)}>{w.open}</a>
        </>
      )}
    </p>
  )
}
