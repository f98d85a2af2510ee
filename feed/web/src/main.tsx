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
render(<App />, document.getElementById('app')!)
// The screens first: the worker takes all of them, and the network with it.
if (import.meta.env.PROD) addEventListener('load', () => setTimeout(() => void startWorker(() => !isTyping()).catch(() => undefined), 1500))
