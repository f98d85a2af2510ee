import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Refusal } from '../api/request'
import { hasSteps } from '../article/steps'
import { StepWire } from '../article/StepWire'
import type { PostDetail } from '../api/types'
import { isCalm, isOpen, moodOf, signOf } from '../feed/order'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { Related } from '../run/Related'
import { RunBar } from '../run/RunBar'
import { RunFacts } from '../run/RunFacts'
import { NoticeFacts } from '../notice/NoticeFacts'
import { PollCard } from '../poll/PollCard'
import { Photos } from '../photo/Photos'
import { FollowPost } from '../follow/FollowPost'
import { useFocus } from '../shell/focus'
import { Folded } from '../shell/Folded'
import { LastNews } from '../shell/LastNews'
import { go, under } from '../shell/route'
import { Unavailable } from '../shell/Unavailable'
import { HandoverSheet } from '../sheet/HandoverSheet'
import { EditForm } from '../talk/EditForm'
import { PostTools } from '../talk/PostTools'
import { PostWords } from '../talk/PostWords'
import { CardFacts } from '../cards/CardFacts'
import { Offered } from '../cards/Offered'
import { CourseWay } from '../course/CourseWay'
import { LinkList } from '../course/LinkList'
import { Sign } from '../wire/Sign'
import { Actions } from './Actions'
import { Conversation } from './Conversation'
import { useDetail } from './detail'
import { HelpFacts } from './HelpFacts'
import { SeenBy } from './SeenBy'
import { headingOf } from './heading'
import { Living } from './Living'
import { Chart } from './Chart'
import { Members } from './Members'
import { Meta } from './Meta'
import { PastLine } from './PastLine'
import { ProvenanceList } from './ProvenanceList'
import { Reactions } from './Reactions'
import { TimelineList } from './TimelineList'
import './page.css'
import './life.css'

/** One post with its whole life: a page, or a panel beside the board. */
export function PostPage({ id, panel }: { id: string; panel: boolean }) {
  const { post, partial, error, refresh } = useDetail(id)
  const page = useFocus<HTMLElement>()
  const [editing, edit] = useState(false)
  const w = words.value
  const saved = (): void => {
    edit(false)
    refresh()
  }
  const Place = panel ? 'aside' : 'main'
  return (
    <Place class={`page ${panel ? 'panel' : ''} ${post ? `${moodOf(post)} sev-${post.severity}` : ''}`} ref={page} tabIndex={-1} aria-label={w.post}>
      <header class="page-top">
        <button type="button" class="plain back" onClick={() => go(under.value)}>
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
            <About post={post} onDone={refresh}>{editing && <EditForm on={{ post: post.id }} text={post.text ?? ''} onLeave={() => edit(false)} onDone={saved} />}</About>
            <div class="talk">
              {partial && <p class="last-news">{w.outbox.partial}</p>}
              <Conversation post={post} onDone={refresh} />
              <Reactions post={post} onDone={refresh} />
              {!partial && <SeenBy post={post} />}
              {!partial && <PostTools post={post} onEdit={() => edit(true)} onDone={refresh} />}
            </div>
            <div class="life">
              {post.run && <Related posts={post.related} />}
              {!partial && <TimelineList entries={post.timeline} post={post} />}
              {post.provenance && <ProvenanceList provenance={post.provenance} unit={post.unit} />}
              <FollowPost post={post} />
            </div>
          </div>
          <Actions post={post} chips={!panel} onDone={refresh} />
        </>
      )}
    </Place>
  )
}

/** What the post says: its sentence, and the picture that goes with its kind. */
function About({ post, onDone, children }: { post: PostDetail; onDone: () => void; children?: ComponentChildren }) {
  const w = words.value
  return (
    <article class="about" data-post={post.id}>
      <div class="heading">
        <Sign mood={signOf(post)} />
        <div>
          <Meta post={post} places={[post.asset_name, post.territory_name]} />
          <Folded as="h2" text={headingOf(post)}>
            {asRead(headingOf(post))}
          </Folded>
          {post.question && <p class="question">{asRead(post.question)}</p>}
          <Living post={post} />
        </div>
      </div>
      <HelpFacts post={post} />
      {children || <PostWords post={post} />}
      <Photos photos={post.photos} by={post.author.name} what={asRead(post.title)} />
      {post.run && <RunBar run={post.run} open={isOpen(post.state)} />}
      {!isCalm(post) && <Chart post={post} />}
      <PollCard post={post} />
      <NoticeFacts post={post} />
      {post.run && <RunFacts run={post.run} post={post.id} />}
      {post.sheet && <HandoverSheet sheet={post.sheet} />}
      {hasSteps(post) && <StepWire post={post} />}
      <Members post={post} />
      <PastLine post={post} />
      <CardFacts post={post} />
      <Offered post={post} onDone={onDone} />
      <CourseWay post={post} />
      <LinkList post={post} />
      {post.cause && !post.talk?.course && (
        <p class="cause">
          <b>{post.kind === 'idea' ? w.steer.decision : post.back_to_normal ? w.cause : w.resolved}</b> {asRead(post.cause)}
          {post.action && post.action !== post.cause && ` · ${asRead(post.action)}`}
        </p>
      )}
    </article>
  )
}
