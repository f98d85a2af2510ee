import './tokens.css'
import './base.css'
import './shell/shell.css'
import './shell/notice.css'
import './wire/wire.css'
import './post/post.css'
import './post/living.css'
import { render } from 'preact'
import { App } from './App'
import { startClock } from './i18n/time'
import { startRouter } from './shell/route'
import { startTheme } from './shell/theme'

startTheme()
startRouter()
startClock()
render(<App />, document.getElementById('app')!)
