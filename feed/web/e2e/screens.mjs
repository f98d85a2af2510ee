// Every screen, and how to come to it in the demo.
import { cookiesOf, open } from './browser.mjs'

export const screens = [
  { name: 'sign-in', at: async () => '/' },
  { name: 'line', member: 'operator', at: async () => '/' },
  { name: 'aisle', member: 'staff', at: async () => '/' },
  { name: 'direct', member: 'manager', at: async () => '/' },
  { name: 'post', member: 'operator', at: talkedAbout },
  { name: 'panel', member: 'manager', at: talkedAbout },
  { name: 'rules', member: 'manager', at: async () => '/rules' },
  { name: 'report', member: 'operator', at: async () => '/report', ready: point },
  { name: 'article', member: 'staff', at: async () => '/report' },
]

/** Opens screens of one server; each member signs in once. */
export function gallery(browser, url) {
  const cookies = new Map()
  return async (screen, device, look) => {
    if (screen.member && !cookies.has(screen.member)) cookies.set(screen.member, await cookiesOf(browser, url, screen.member))
    const page = await open(browser, url, device, { ...look, cookies: cookies.get(screen.member) })
    await page.goto(await screen.at(page.context().request))
    await page.locator('h1, h2').first().waitFor()
    await page.locator('.skeleton, .waiting').first().waitFor({ state: 'detached' })
    await screen.ready?.(page)
    return page
  }
}

/** The post of a machine about which most was said. */
async function talkedAbout(request) {
  const { posts } = await (await request.get('/api/v1/posts?kind=alert&limit=100')).json()
  const [post] = posts.sort((a, b) => b.comments - a.comments || (b.series?.length ?? 0) - (a.series?.length ?? 0))
  return `/post/${encodeURIComponent(post.id)}`
}

async function point(page) {
  await page.locator('.tile').first().click()
  await page.locator('.picks .chip').nth(1).waitFor()
}
