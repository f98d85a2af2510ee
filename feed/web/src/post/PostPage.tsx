import { Refusal } from '../api/request'
import { moodOf, signOf } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { useFocus } from '../shell/focus'
import { LastNews } from '../shell/LastNews'
import { go } from '../shell/route'
import { Unavailable } from '../shell/Unavailable'
import { Sign } from '../wire/Sign'
import { Actions } from './Actions'
import { Conversation } from './Conversation'
import { useDetail } from './detail'
import { Measure } from './Measure'
import { Meta } from './Meta'
import { ProvenanceList } from './ProvenanceList'
import { Reactions } from './Reactions'
import { TimelineList } from './TimelineList'
import './page.css'
import './life.css'

/** One post with its whole life: a page, or a panel beside the board. */
export function PostPage({ id, panel }: { id: string; panel: boolean }) {
  const { post, error, refresh } = useDetail(id)
  const page = useFocus<HTMLElement>()
  const w = words.value
  const Place = panel ? 'aside' : 'main'
  return (
    <Place class={`page ${panel ? 'panel' : ''} ${post ? `${moodOf(post)} sev-${post.severity}` : ''}`} ref={page} tabIndex={-1} aria-label={w.post}>
      <header class="page-top">
        <button type="button" class="plain back" onClick={() => go('/')}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={panel ? 'M5 5l14 14M19 5 5 19' : 'M15 4l-8 8 8 8'} />
          </svg>
          {panel ? w.close : w.back}
        </button>
      </header>
      <LastNews />
      {!post && error !== undefined && (
        <Unavailable text={error instanceof Refusal ? w.postMissing : w.unreachable}>
          <a class="key main" href="/">
            {w.home}
          </a>
        </Unavailable>
      )}
      {!post && error === undefined && <p class="quiet waiting">{w.loading}</p>}
      {post && (
        <>
          <div class="page-body">
            <article class="about" data-post={post.id}>
              <div class="heading">
                <Sign mood={signOf(post)} />
                <div>
                  <Meta post={post} places={[post.asset_name, post.territory_name]} />
                  <h2>{asRead(post.title)}</h2>
                </div>
              </div>
              {post.text && post.text !== post.title && <p class="said">{asRead(post.text)}</p>}
              <Measure post={post} />
              {post.cause && (
                <p class="cause">
                  <b>{w.resolved}</b> {asRead(post.cause)}
                </p>
              )}
            </article>
            <div class="talk">
              <Conversation post={post} onDone={refresh} />
              <Reactions post={post} onDone={refresh} />
            </div>
            <div class="life">
              <TimelineList entries={post.timeline} post={post} />
              {post.provenance && <ProvenanceList provenance={post.provenance} />}
            </div>
          </div>
          <Actions post={post} />
        </>
      )}
    </Place>
  )
}
