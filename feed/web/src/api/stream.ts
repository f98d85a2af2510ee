import type { Post } from './types'

/** What the screen may tell about the line to the server. */
export type Link = 'connecting' | 'live' | 'polling' | 'offline'

export type Listener = {
  post: (post: Post) => void
  /** What the reader is told has changed. */
  told: () => void
  /** Reads everything anew and returns the change number it is at. */
  reload: () => Promise<number>
  link: (link: Link) => void
}

export type Stream = { close: () => void }

const pauses = [500, 1000, 2000, 4000, 8000]
const triesBeforePolling = 3
const pollEvery = 5000
// The server's heartbeat is a comment, which EventSource keeps to itself. A
// line that died without a word (a tablet that changed access point) is
// therefore renewed after this silence; resuming costs one small request.
const silence = 45_000
// What EventSource is when the server answered, and not with a stream.
const refused = 2

/**
 * Follows the stream from a change number on and never gives up: it resumes
 * from the last number seen, and polls as long as events cannot be had.
 */
export function follow(url: (since: number) => string, since: number, on: Listener): Stream {
  let source: EventSource | undefined
  let failures = 0
  let retry: number | undefined
  let renewal: number | undefined
  let polling: number | undefined
  let closed = false

  const open = (): void => {
    if (closed) return
    source?.close()
    clearTimeout(retry)
    source = new EventSource(url(since))
    source.onopen = heard
    source.onerror = fail
    source.addEventListener('hello', heard)
    source.addEventListener('post', (event: MessageEvent<string>) => {
      heard(event)
      on.post(JSON.parse(event.data) as Post)
    })
    source.addEventListener('told', on.told)
    source.addEventListener('reload', () => void refresh().then(open, fail))
  }

  const heard = (event: Event): void => {
    const id = Number((event as MessageEvent).lastEventId)
    if (id > since) since = id
    failures = 0
    clearInterval(polling)
    polling = undefined
    on.link('live')
    clearTimeout(renewal)
    renewal = window.setTimeout(open, silence)
  }

  const fail = (): void => {
    // Closed for good is an answer, not a silence: this screen may be somebody
    // else's, or nobody's. Reading says which, at once.
    if (source?.readyState === refused) void on.reload().catch(() => undefined)
    source?.close()
    clearTimeout(renewal)
    clearTimeout(retry)
    failures++
    if (failures <= triesBeforePolling) on.link(navigator.onLine ? 'connecting' : 'offline')
    else polling ??= window.setInterval(poll, pollEvery)
    const pause = pauses[Math.min(failures, pauses.length) - 1]!
    retry = window.setTimeout(open, pause * (0.75 + Math.random() / 2))
  }

  const poll = (): void =>
    void refresh().then(
      () => on.link('polling'),
      () => on.link('offline'),
    )

  const refresh = async (): Promise<void> => {
    since = await on.reload()
  }

  const networkChanged = (): void => {
    failures = 0
    fail()
  }

  window.addEventListener('online', networkChanged)
  window.addEventListener('offline', networkChanged)
  on.link('connecting')
  open()
  return {
    close: () => {
      closed = true
      source?.close()
      clearTimeout(retry)
      clearTimeout(renewal)
      clearInterval(polling)
      window.removeEventListener('online', networkChanged)
      window.removeEventListener('offline', networkChanged)
    },
  }
}
