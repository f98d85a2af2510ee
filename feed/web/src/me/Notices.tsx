import type { Concern, NoticeRules, Pace } from '../api/notification'
import { lang, words } from '../i18n/lang'
import { useReading } from '../rules/reading'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { Chosen } from './Chosen'
import { Trial } from './Trial'
import './notices.css'

const concerns: Concern[] = ['asked', 'mention', 'decide', 'read', 'help', 'answers', 'followed', 'reports']
const paces: Pace[] = ['now', 'digest', 'never']

/** How one is told beside the screens: each choice is kept at once. */
export function Notices() {
  const { client, say } = useSession()
  const rules = useReading(client.noticeRules, lang.value)
  const w = words.value.notify
  const now = rules.value
  if (rules.failed && !now) {
    return (
      <section class="notices">
        <p role="alert">{w.failed}</p>
        <button type="button" class="key" onClick={rules.again}>
          {w.retry}
        </button>
      </section>
    )
  }
  if (!now) return <p class="quiet waiting">{words.value.loading}</p>
  const keep = (next: NoticeRules): void => {
    rules.put(next)
    client.setNoticeRules(next).then(
      () => say({ text: w.kept, action: { label: words.value.cancel, run: () => keep(now) } }),
      (err: unknown) => {
        rules.put(now)
        say({ text: explain(words.peek(), err), grave: true })
      },
    )
  }
  return (
    <section class="notices" aria-label={w.howTold}>
      <h2>{w.howTold}</h2>
      <p>{w.always}</p>
      <p class={now.email ? 'quiet' : ''}>{now.email ? w.writtenTo(now.email) : w.noAddress}</p>
      <div class="concerns">
        {concerns.map((c) => (
          <Chosen key={c} name={w.concern[c]} now={now.mail[c]!} among={paces} words={w.pace} onChoose={(pace) => keep({ ...now, mail: { ...now.mail, [c]: pace } })} />
        ))}
      </div>
      <div class="concerns">
        <Chosen name={w.rhythm} now={now.weekly ? 'weekly' : 'shiftly'} among={['shiftly', 'weekly']} words={w} onChoose={(r) => keep({ ...now, weekly: r === 'weekly' })} />
        <Chosen name={w.quiet} now={now.urgent ? 'urgentOnly' : 'silent'} among={['silent', 'urgentOnly']} words={w} onChoose={(q) => keep({ ...now, urgent: q === 'urgentOnly' })} />
      </div>
      <p class="quiet">{w.quietSays}</p>
      <Trial />
    </section>
  )
}
