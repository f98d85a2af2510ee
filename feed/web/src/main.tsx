import './tokens.css'
import './base.css'
import './shell/shell.css'
import './shell/notice.css'
import './wire/wire.css'
import './post/post.css'
import './post/living.css'
import './waiting/waiting.css'
import './identity/who.css'
import './post/resolve.css'
import './run/run.css'
import './run/figure.css'
// Those of a post, which comes later: what wins does not depend on what was opened first.
import './article/steps.css'
import './notice/notice.css'
import './poll/poll.css'
import './photo/photo.css'
import './follow/follow.css'
import './sheet/sheet.css'
import './talk/talk.css'
import './cards/cards.css'
import './course/course.css'
import './post/ask.css'
import './course/terms.css'
import './post/chart.css'
import './post/page.css'
import './post/life.css'
import { render } from 'preact'
import { Client } from './api/client'
import { App } from './App'
import { Presence } from './identity/presence'
import { kept } from './offline/kept'
import { recallReader } from './offline/reader'
import { HTTPCarrier } from './outbox/carrier'
import { DiskShelf } from './outbox/disk'
import { Outbox } from './outbox/outbox'
import { startInstall } from './offline/install'
import { isTyping } from './offline/typing'
import { startWorker } from './offline/worker'
import { bring } from './i18n/catalogs'
import { lang } from './i18n/lang'
import { startClock } from './i18n/time'
import { PostPage } from './shell/pages'
import { startRouter } from './shell/route'
import { startSearchKey } from './shell/slash'
import { startTheme } from './shell/theme'

startTheme()
startRouter()
startSearchKey()
startClock()
startInstall()

const outbox = new Outbox(new DiskShelf(), new HTTPCarrier(() => lang.peek()))
const client = new Client(() => lang.peek(), outbox, kept)
const presence = new Presence(client)
// While the words come, the memory is asked for what is read first, or the server
// where nothing is installed yet. What is remembered is in the first picture,
// unless the disk is slow.
const remembered = recallReader(presence)
const installed = Boolean(navigator.serviceWorker?.controller)
if (!installed) presence.foresee()
void Promise.all([bring(lang.peek()), installed && Promise.race([remembered, after(300)])]).then(() =>
  render(<App outbox={outbox} client={client} presence={presence} />, document.getElementById('app')!),
)

// The screens first: the worker takes all of them, and the network with it. The
// other language comes behind too: what people touched is read in both.
if (document.readyState === 'complete') behind()
else addEventListener('load', behind)

function behind(): void {
  setTimeout(() => {
    void Promise.all([PostPage.load(), bring('fr'), bring('en')]).catch(() => undefined)
    if (import.meta.env.PROD) void startWorker(() => !isTyping()).catch(() => undefined)
  }, 1500)
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
