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
import { render } from 'preact'
import { App } from './App'
import { startInstall } from './offline/install'
import { isTyping } from './offline/typing'
import { startWorker } from './offline/worker'
import { bring } from './i18n/catalogs'
import { lang } from './i18n/lang'
import { startClock } from './i18n/time'
import { foreseeHome } from './shell/pages'
import { startRouter } from './shell/route'
import { startSearchKey } from './shell/slash'
import { startTheme } from './shell/theme'

foreseeHome()
startTheme()
startRouter()
startSearchKey()
startClock()
startInstall()
void bring(lang.peek()).then(() => render(<App />, document.getElementById('app')!))

// The screens first: the worker takes all of them, and the network with it. The
// other language comes behind too: what people touched is read in both.
if (document.readyState === 'complete') behind()
else addEventListener('load', behind)

function behind(): void {
  setTimeout(() => {
    void Promise.all((['fr', 'en'] as const).map(bring)).catch(() => undefined)
    if (import.meta.env.PROD) void startWorker(() => !isTyping()).catch(() => undefined)
  }, 1500)
}
