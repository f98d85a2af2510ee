import { useState } from 'preact/hooks'
import type { PostDetail } from '../api/types'
import { isOpen } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now, timeAndDay } from '../i18n/time'
import { useActs } from '../post/acts'
import { useSession } from '../shell/session'
import { sharesOf } from './shares'
import './poll.css'

/** A choice between a few answers; the result shows once one has answered. */
export function PollCard({ post }: { post: PostDetail }) {
  const { client, feed } = useSession()
  const { attempt } = useActs()
  const [chosen, setChosen] = useState<number>()
  const w = words.value
  const poll = post.talk?.poll
  if (!poll) return null
  const open = isOpen(post.state) && (!poll.closes || Date.parse(poll.closes) > now.value)
  const mine = chosen ?? post.mine_vote
  const shares = sharesOf(poll)
  const vote = (choice: number): void => {
    setChosen(choice)
    void attempt(async () => feed.confirm(await client.choose(post.id, choice))).then((went) => {
      if (!went) setChosen(undefined)
    })
  }
  const until = poll.closes ? w.until(...timeAndDay(w, poll.closes, now.value)) : ''
  return (
    <section class="poll" aria-label={w.groups.poll}>
      <h3>
        {open ? w.groups.vote : w.groups.over} <span>{w.groups.votes(poll.voters)}</span>
      </h3>
      <ul>
        {poll.choices.map((choice, i) => (
          <li key={choice.text}>
            <button type="button" class="chip" aria-pressed={mine === i} disabled={!open || !post.can.write} onClick={() => vote(i)}>
              <span>{asRead(choice.text)}</span>
              {shares && (
                <b>
                  {choice.votes} <i aria-hidden="true">· {shares[i]}%</i>
                </b>
              )}
            </button>
            {shares && <progress max={100} value={shares[i]} aria-hidden="true" />}
          </li>
        ))}
      </ul>
      <p class="hint">
        {w.groups.secret} {open && (mine === undefined ? w.groups.afterVote : w.groups.changeable(until))}
      </p>
    </section>
  )
}
