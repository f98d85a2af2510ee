import { signal } from '@preact/signals'

export type Route = { at: 'home' } | { at: 'post'; id: string } | { at: 'report' } | { at: 'rules' }

/** Where the person is. */
export const route = signal<Route>(parse(location.pathname))

/** The address of what lies under an open post. */
export const under = signal(route.peek().at === 'rules' ? '/rules' : '/')

export const postPath = (id: string): string => `/post/${encodeURIComponent(id)}`

export function parse(path: string): Route {
  const post = /^\/post\/([^/]+)\/?$/.exec(path)
  if (post) return { at: 'post', id: decode(post[1]!) }
  const page = /^\/(report|rules)\/?$/.exec(path)
  return { at: (page?.[1] as 'report' | 'rules' | undefined) ?? 'home' }
}

// A hand-made address may hold a stray %: such a post is simply not found.
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

export function go(path: string): void {
  if (path === location.pathname) return
  const next = parse(path)
  // What lies under a post stays there: from one post to the next there is one
  // step back to it, not two.
  if (route.peek().at === 'post' && next.at === 'post') history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  if (next.at !== 'post') under.value = next.at === 'rules' ? '/rules' : '/'
  route.value = next
}

/** Follows links and the browser's own keys without loading the page anew. */
export function startRouter(): void {
  addEventListener('popstate', () => (route.value = parse(location.pathname)))
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a')
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!link || !plain || event.defaultPrevented || link.origin !== location.origin || link.target) return
    if (link.pathname.startsWith('/api/')) return
    event.preventDefault()
    go(link.pathname)
  })
}
