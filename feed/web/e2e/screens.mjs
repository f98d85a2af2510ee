// Every screen, and how to come to it in the demo. A screen whose post the demo
// has not made yet comes to nothing, and is not shown.
import { cookiesOf, open } from './browser.mjs'

export const screens = [
  { name: 'sign-in', at: async () => '/' },
  { name: 'line', member: 'operator', at: async () => '/' },
  { name: 'aisle', member: 'staff', at: async () => '/' },
  { name: 'direct', member: 'manager', at: async () => '/' },
  { name: 'post', member: 'operator', at: talkedAbout },
  { name: 'panel', member: 'manager', at: talkedAbout },
  { name: 'production', member: 'operator', at: first('kind=production', (post) => post.run) },
  { name: 'group', member: 'operator', at: first('', (post) => (post.total ?? 0) > 1), ready: members },
  { name: 'handover', member: 'manager', at: first('kind=handover', (post) => post.sheet) },
  { name: 'good-news', member: 'operator', at: first('kind=good-news', () => true) },
  { name: 'shelve', member: 'operator', at: first('kind=alert&state=open', (post) => post.active && !post.shelf), ready: shelve },
  { name: 'resolve', member: 'operator', at: first('kind=alert&state=open', (post) => post.active && !post.shelf), ready: resolve },
  { name: 'held', member: 'manager', at: async () => '/', ready: held },
  { name: 'rules', member: 'manager', at: async () => '/rules' },
  { name: 'trial', member: 'manager', at: async () => '/rules', ready: trial },
  { name: 'wrong-rules', member: 'manager', at: async () => '/rules', ready: wrongRules },
  { name: 'places', member: 'manager', at: async () => '/rules', ready: (page) => section(page, 2) },
  { name: 'report', member: 'operator', at: async () => '/report', ready: point },
  { name: 'article', member: 'staff', at: async () => '/report' },
]

/** Opens screens of one server; each member signs in once. Nothing is returned of what is not there. */
export function gallery(browser, url) {
  const cookies = new Map()
  return async (screen, device, look) => {
    if (screen.member && !cookies.has(screen.member)) cookies.set(screen.member, await cookiesOf(browser, url, screen.member))
    const page = await open(browser, url, device, { ...look, cookies: cookies.get(screen.member) })
    const path = await screen.at(page.context().request)
    if (!path) return page.context().close()
    await page.goto(path)
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

/** The first post of a list that is as it should be. */
function first(query, fits) {
  return async (request) => {
    const { posts } = await (await request.get(`/api/v1/posts?limit=100&${query}`)).json()
    const post = posts.find(fits)
    return post && `/post/${encodeURIComponent(post.id)}`
  }
}

async function members(page) {
  await page.locator('.members .plain').click()
  await page.locator('.members ol').waitFor()
}

async function shelve(page) {
  await page.locator('.page-keys .more > .key').click()
  await page.locator('.page-keys .menu .key').first().click()
  await page.locator('dialog').waitFor()
}

async function resolve(page) {
  await page.locator('.page-keys > .key').last().click()
  await page.locator('dialog').waitFor()
}

async function held(page) {
  await page.locator('.held > .plain').click()
  await page.locator('.held .menu').waitFor()
}

const section = (page, which) => page.locator('.sections button').nth(which).click()

/** The rules that run, tried on the last hour. */
async function trial(page) {
  await page.locator('.rule-table td .plain').first().click()
  await page.locator('.trial .chip').first().click()
  await page.locator('.trial .key.main').click()
  await page.locator('.trial-report').waitFor({ timeout: 120_000 })
}

async function wrongRules(page) {
  await section(page, 1)
  await page.locator('.yaml textarea').fill('rules:\n- id: heavy\n  kind: nothing\n')
  await page.locator('.trial .key.main').click()
  await page.locator('.faults').waitFor()
}

async function point(page) {
  await page.locator('.tile').first().click()
  await page.locator('.picks .chip').nth(1).waitFor()
}
