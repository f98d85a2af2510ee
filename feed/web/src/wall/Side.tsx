import type { ComponentChildren } from 'preact'
import type { Machine, Post } from '../api/types'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import { now } from '../i18n/time'
import { headingOf } from '../post/heading'
import { RunBar } from '../run/RunBar'
import { Sign } from '../wire/Sign'
import { byTrouble, pageAt, pagesOf } from './afar'
import { Machines } from './Machines'
import { Since, type Last } from './Since'

const machinesEach = { under: 5, alone: 8 }
const newsEach = 2

type Page = { title: string; shown: ComponentChildren }

/** What is made now, and below it pages that take turns: machines, good news, days without. */
export function Side({ runs, machines, news, last }: { runs: Post[]; machines: Machine[]; news: Post[]; last: Last[] }) {
  const run = runs[pageAt(now.value, runs.length)]
  const pages = pagesFor({ machines: pagesOf(byTrouble(machines), run ? machinesEach.under : machinesEach.alone), news, last })
  const at = pageAt(now.value, pages.length)
  const page = pages[at]
  const l = words.value.display
  return (
    <>
      {run && (
        <section class="wall-run" aria-label={words.value.living.production} key={run.id}>
          <h2>{asRead(headingOf(run))}</h2>
          <RunBar run={run.run!} open />
        </section>
      )}
      {page && (
        <section class="wall-page" aria-label={page.title} key={`${page.title} ${at}`}>
          <h2>
            {page.title} {pages.length > 1 && <span>{l.page(at + 1, pages.length)}</span>}
          </h2>
          {page.shown}
        </section>
      )}
    </>
  )
}

function pagesFor({ machines, news, last }: { machines: Machine[][]; news: Post[]; last: Last[] }): Page[] {
  const w = words.value
  return [
    ...machines.map((some) => ({ title: w.machines, shown: <Machines machines={some} /> })),
    ...pagesOf(news, newsEach).map((some) => ({ title: w.display.news, shown: <News posts={some} /> })),
    ...(last.length > 0 ? [{ title: w.display.since, shown: <Since last={last} /> }] : []),
  ]
}

/** What went well. */
function News({ posts }: { posts: Post[] }) {
  return (
    <ul class="wall-news">
      {posts.map((post) => (
        <li key={post.id}>
          <Sign mood="good" />
          <b>{asRead(post.title)}</b>
        </li>
      ))}
    </ul>
  )
}
