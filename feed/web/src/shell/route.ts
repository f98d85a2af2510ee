import { signal } from '@preact/signals'

export type Route = { at: 'home' } | { at: 'post'; id: string } | { at: 'report' }

/** Where the person is. */
export const route = signal<Route>(parse(location.pathname))

export const postPath = (id: string): string => `/post/${encodeURIComponent(id)}`

export function parse(path: string): Route {
  const post = /^\/post\/([^/]+)\/?$/.exec(path)
  if (post) return { at: 'post', id: decode(post[1]!) }
  return /^\/report\/?$/.test(path) ? { at: 'report' } : { at: 'home' }
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
  // The feed lies under every other page: from one post to the next there is
  // one step back to it, not two.
  if (route.peek().at === 'home' || path === '/') history.pushState(null, '', path)
  else history.replaceState(null, '', path)
  route.value = parse(path)
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
