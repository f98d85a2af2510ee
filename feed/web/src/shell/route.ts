import { signal } from '@preact/signals'

/** Pages that lie over the home of a person, by the first word of their address. */
export const pageNames = ['report', 'rules', 'handover', 'round', 'scan', 'code', 'territories', 'devices', 'waiting', 'wall', 'kit', 'people', 'search', 'practices', 'groups', 'publish', 'decisions', 'notifications', 'balance', 'meeting', 'usages', 'members', 'audit', 'me', 'welcome', 'guest'] as const
export type PageName = (typeof pageNames)[number]

/** What a page shows one of, by its id: a group, a person, a place. */
export type Route = { at: 'home' } | { at: 'post'; id: string } | { at: 'article'; sku: string } | { at: PageName; id?: string }

/** Where the person is. */
export const route = signal<Route>(parse(location.pathname))

/** The address of what lies under an open post. */
export const under = signal(pathOf(route.peek()))

export const postPath = (id: string): string => `/post/${encodeURIComponent(id)}`
export const articlePath = (sku: string): string => `/article/${encodeURIComponent(sku)}`

export function parse(path: string): Route {
  const [, first = '', second = ''] = /^\/([^/]+)(?:\/([^/]+))?\/?$/.exec(path) ?? []
  if (first === 'post' && second) return { at: 'post', id: decode(second) }
  if (first === 'article' && second) return { at: 'article', sku: decode(second) }
  const page = pageNames.find((name) => name === first)
  if (!page) return { at: 'home' }
  return second ? { at: page, id: decode(second) } : { at: page }
}

/** The address of one thing on a page. A function, since the address that a page is loaded at is read before constants are. */
export function pagePath(page: PageName, id: string): string {
  return `/${page}/${encodeURIComponent(id)}`
}

/** What the page shows one of, if it is that page and its address says. */
export function idOf(page: PageName): string | undefined {
  const here = route.value
  return here.at === page ? here.id : undefined
}

/** The address of a page; posts and articles lie over the home. */
function pathOf(route: Route): string {
  if (route.at === 'home' || route.at === 'post' || route.at === 'article') return '/'
  return route.id === undefined ? `/${route.at}` : pagePath(route.at, route.id)
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
  if (next.at !== 'post') under.value = pathOf(next)
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
