// Every screen, and how to come to it in the demo. A screen whose post the demo
// has not made yet comes to nothing, and is not shown.
import { cookiesOf, open } from './browser.mjs'

const line = 'lyon/bottling/line-3'
const shelves = 'villeurbanne/epicerie-sucree'
const unknownCode = '4006381333931'

export const screens = [
  { name: 'sign-in', at: async () => '/' },
  { name: 'pin', at: async () => '/', ready: pin },
  { name: 'pair', at: async () => '/', ready: pair },
  { name: 'station', station: line, at: async () => '/' },
  { name: 'station-aisle', station: shelves, at: async () => '/' },
  { name: 'station-post', station: line, at: talkedAbout },
  { name: 'station-report', station: line, at: async () => '/report', ready: point },
  { name: 'who', station: line, at: async () => '/', ready: who },
  { name: 'who-pin', station: line, at: async () => '/', ready: whoPin },
  { name: 'idle', station: line, member: 'operator', at: async () => '/', ready: idle },
  { name: 'account', station: line, member: 'operator', at: async () => '/', ready: account },
  { name: 'line', member: 'operator', at: async () => '/' },
  { name: 'aisle', member: 'staff', at: async () => '/' },
  { name: 'direct', member: 'manager', at: async () => '/' },
  { name: 'post', member: 'operator', at: talkedAbout },
  { name: 'panel', member: 'manager', at: talkedAbout },
  { name: 'not-found', member: 'operator', at: async () => '/post/nothing' },
  { name: 'production', member: 'operator', at: first('kind=production', (post) => post.run) },
  { name: 'group', member: 'operator', at: first('', (post) => (post.total ?? 0) > 1), ready: members },
  { name: 'handover', member: 'manager', at: first('kind=handover', (post) => post.sheet) },
  { name: 'relay', member: 'operator', at: async () => '/handover' },
  { name: 'running-shift', member: 'operator', at: async () => '/handover', ready: running },
  { name: 'good-news', member: 'operator', at: first('kind=good-news', () => true) },
  { name: 'shelve', member: 'operator', at: first('kind=alert&state=open', (post) => post.active && !post.shelf), ready: shelve },
  { name: 'resolve', member: 'operator', at: first('kind=alert&state=open', (post) => post.active && !post.shelf), ready: resolve },
  { name: 'ask', member: 'manager', at: first('kind=alert&state=open', (post) => post.active && !post.shelf), ready: ask },
  { name: 'decide', member: 'manager', at: first('kind=idea&state=open', () => true), ready: decide },
  { name: 'earlier', member: 'manager', at: async () => '/', ready: earlier },
  { name: 'territories', member: 'manager', at: async () => '/territories', ready: pulses },
  { name: 'import', member: 'manager', at: async () => '/territories', ready: wrongTree },
  { name: 'place', member: 'manager', at: async () => `/territories/${encodeURIComponent(line)}`, ready: neighbours },
  { name: 'place-edit', member: 'manager', at: async () => `/territories/${encodeURIComponent(line)}`, ready: editPlace },
  { name: 'place-read', member: 'operator', at: async () => `/territories/${encodeURIComponent(line)}`, ready: neighbours },
  { name: 'place-missing', member: 'operator', at: async () => '/territories/nowhere' },
  { name: 'source', member: 'manager', at: first('kind=production&state=open', (post) => post.run), ready: source },
  { name: 'held', member: 'manager', at: async () => '/', ready: held },
  { name: 'sources', member: 'manager', at: async () => '/', ready: sources },
  { name: 'devices', member: 'admin', at: async () => '/devices', ready: devices },
  { name: 'device-code', member: 'admin', at: async () => '/devices', ready: deviceCode },
  { name: 'device-lost', member: 'admin', at: async () => '/devices', ready: deviceLost },
  { name: 'badges', member: 'admin', at: async () => '/devices', ready: badges },
  { name: 'badge', member: 'admin', at: async () => '/devices', ready: badge },
  { name: 'wall', member: 'manager', at: async () => '/wall' },
  { name: 'balance', member: 'manager', at: async () => '/balance', ready: balance },
  { name: 'balance-month', member: 'manager', at: async () => '/balance/villeurbanne~month', ready: balance },
  { name: 'behind', member: 'manager', at: async () => '/balance', ready: behind },
  { name: 'meeting', member: 'manager', at: async () => `/meeting/${encodeURIComponent(line)}`, ready: meeting },
  { name: 'meeting-correct', member: 'manager', at: async () => `/meeting/${encodeURIComponent(line)}`, ready: correct },
  { name: 'meeting-line', member: 'operator', at: async () => '/meeting', ready: meeting },
  { name: 'rules', member: 'manager', at: async () => '/rules' },
  { name: 'trial', member: 'manager', at: async () => '/rules', ready: trial },
  { name: 'wrong-rules', member: 'manager', at: async () => '/rules', ready: wrongRules },
  { name: 'places', member: 'manager', at: async () => '/rules', ready: (page) => section(page, 2) },
  { name: 'notifications', member: 'manager', at: async () => '/notifications', ready: told },
  { name: 'notice-rules', member: 'operator', at: async () => '/me', ready: tried },
  { name: 'report', member: 'operator', at: async () => '/report', ready: point },
  { name: 'tiles', member: 'operator', at: async () => '/report', ready: tiles },
  { name: 'waiting', member: 'operator', at: async () => '/waiting', ready: waiting },
  { name: 'waiting-mend', member: 'operator', at: async () => '/waiting', ready: mend },
  { name: 'waiting-nothing', member: 'operator', at: async () => '/waiting' },
  { name: 'guide-line', member: 'operator', newcomer: true, at: async () => '/', ready: guide },
  { name: 'guide-aisle', member: 'staff', newcomer: true, at: async () => '/', ready: guide },
  { name: 'guide-direct', member: 'manager', newcomer: true, at: async () => '/', ready: guide },
  { name: 'article', member: 'staff', at: async () => '/report' },
  { name: 'scan', member: 'staff', at: async () => '/scan' },
  { name: 'code', member: 'staff', at: async () => '/code', ready: search },
  { name: 'round', member: 'staff', at: async () => '/round', ready: round },
  { name: 'shelf', member: 'staff', at: someArticle, ready: facts },
  { name: 'shelf-reported', member: 'staff', at: reportedArticle, ready: facts },
  { name: 'shelf-unknown', member: 'staff', at: async () => `/article/${unknownCode}` },
  { name: 'search', member: 'operator', at: async () => '/search/buse', ready: hits },
  { name: 'search-nothing', member: 'operator', at: async () => '/search/zzzz' },
  { name: 'search-empty', member: 'manager', at: async () => '/search' },
  { name: 'people', member: 'operator', at: async () => '/people', ready: directory },
  { name: 'people-lead', member: 'manager', at: async () => '/people/awa', ready: card },
  { name: 'own-card', member: 'operator', at: async () => '/people/operator', ready: card },
  { name: 'people-missing', member: 'operator', at: async () => '/people/nobody' },
  { name: 'me', member: 'operator', at: async () => '/me', ready: card },
  { name: 'report-help', member: 'operator', at: async () => '/report', ready: help },
  { name: 'stock-out', member: 'staff', at: first('topic=stock&state=open', (post) => post.sku) },
]

/**
 * Opens screens of one server; each member signs in once, and each station is
 * paired once. Nothing is returned of what is not there.
 */
export function gallery(browser, url) {
  const known = new Map()
  const once = (key, work) => known.get(key) ?? known.set(key, work()).get(key)
  const cookiesFor = async ({ member, station }) => {
    const device = station ? await once(station, () => stationAt(browser, url, station)) : []
    if (!member) return device
    return [...device, ...(await once(`${member} ${station}`, () => cookiesOf(browser, url, member)))]
  }
  return async (screen, device, look) => {
    const page = await open(browser, url, device, { ...look, newcomer: screen.newcomer, cookies: await cookiesFor(screen) })
    const path = await screen.at(page.context().request)
    if (!path) return page.context().close()
    await page.goto(path)
    await page.locator('h1, h2, .unavailable').first().waitFor()
    await page.locator('.skeleton, .waiting').first().waitFor({ state: 'detached' })
    await screen.ready?.(page)
    return page
  }
}

/** The cookies of a tablet that an administrator pairs with a place, by the address that he is shown. */
async function stationAt(browser, url, place) {
  const office = await browser.newContext({ baseURL: url })
  await office.addCookies(await cookiesOf(browser, url, 'admin'))
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const made = await office.request.post('/api/v1/devices', { headers, data: { name: 'Tablette de la visite', place, kind: 'station' } })
  if (!made.ok()) throw new Error(`add a device at ${place}: ${made.status()} ${await made.text()}`)
  const { code } = await made.json()
  await office.close()
  const page = await open(browser, url, 'tablet')
  await page.goto(`/#pair=${code}`)
  await page.locator('.top .say-who').waitFor()
  const cookies = await page.context().cookies()
  await page.context().close()
  return cookies
}

/** What a search found. */
async function hits(page) {
  await page.locator('.hit').first().waitFor()
}

async function pin(page) {
  await page.locator('.colleague').first().click()
  await page.locator('.pad').waitFor()
}

async function pair(page) {
  await page.locator('.signin footer .plain').click()
  await page.locator('.pair-form').waitFor()
}

async function who(page) {
  await page.locator('.top .say-who').click()
  await page.locator('.who-panel .person').first().waitFor()
}

async function whoPin(page) {
  await who(page)
  await page.locator('.who-panel .person').first().click()
  await page.locator('.who-panel .pad').waitFor()
}

/** Nobody touches the tablet any more: its clock stands where it says so. */
async function idle(page) {
  await page.locator('.who.named').waitFor({ state: 'attached' })
  await page.locator('.dock').waitFor()
  await page.evaluate(() => {
    const later = Date.now() + 95_000
    Date.now = () => later
  })
  await page.locator('.idle').waitFor()
}

async function account(page) {
  await page.locator('.account .who').click()
  await page.locator('.account .menu').waitFor()
}

async function sources(page) {
  await page.locator('.sources > .plain').click()
  await page.locator('.sources .menu').waitFor()
}

async function devices(page) {
  await page.locator('.device-list, .none').first().waitFor()
}

async function deviceCode(page) {
  await devices(page)
  await page.locator('.device-keys .key').first().click()
  await page.locator('.code-card').waitFor()
}

async function deviceLost(page) {
  await devices(page)
  await page.locator('.device-keys .key').last().click()
  await page.locator('dialog').waitFor()
}

async function badges(page) {
  await section(page, 1)
  await page.locator('.holder').first().waitFor()
}

async function badge(page) {
  await badges(page)
  await page.locator('.device-keys .key').first().click()
  await page.locator('dialog').waitFor()
}

async function tiles(page) {
  await page.locator('.tile').first().waitFor()
}

/** Two points that find no network; tried again, one of them is refused. */
async function waiting(page) {
  let network = false
  await page.route(/\/api\/v1\/posts(\?|$)/, (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    const json = { status: 422, title: 'Refusé', detail: 'Cette machine n’est plus là.' }
    return network ? route.fulfill({ status: 422, contentType: 'application/problem+json', json }) : route.abort('internetdisconnected')
  })
  for (const count of [1, 2]) {
    await page.locator('.page-top .back').click()
    await page.locator('.dock .key.main').click()
    await page.locator('.tile').first().click()
    await page.locator('.say .chip').first().click()
    await page.locator('.send > .main').click()
    await page.locator('.queued-reports li').nth(count - 1).waitFor()
    await page.locator('.queued-reports a').first().click()
    await page.locator('.waiting-row').nth(count - 1).waitFor()
  }
  network = true
  await page.locator('.waiting-row').first().locator('.row-keys .key').nth(1).click()
  await page.locator('.waiting-row.refused').first().waitFor()
}

async function mend(page) {
  await waiting(page)
  await page.locator('.row-keys .key').first().click()
  await page.locator('.mend textarea').waitFor()
}

/** The first steps, begun as they are offered. */
async function guide(page) {
  await page.locator('.notice button').first().click()
  await page.locator('.guide').waitFor()
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

async function running(page) {
  await page.locator('.handover-tabs button').last().click()
  await page.locator('.handover').waitFor()
}

const articles = async (request) => (await (await request.get('/api/v1/articles?q=3760')).json()).articles

/** An article of which nobody says anything. */
async function someArticle(request) {
  for (const { sku } of await articles(request)) {
    const { threads } = await (await request.get(`/api/v1/articles/${sku}`)).json()
    if (threads.length === 0) return `/article/${sku}`
  }
}

async function reportedArticle(request) {
  const { posts } = await (await request.get('/api/v1/posts?topic=stock&state=open')).json()
  const post = posts.find(({ sku }) => sku)
  return post && `/article/${post.sku}`
}

async function facts(page) {
  await page.locator('.facts-sheet').waitFor()
}

async function search(page) {
  await page.locator('input[name=sku]').fill('cho')
  await page.locator('.found a').first().waitFor()
}

/** Three articles, one of them twice. */
async function round(page) {
  const [a, b, c] = await articles(page.context().request)
  for (const { sku } of [a, b, a, c]) {
    await page.locator('input[name=sku]').fill(sku)
    await page.locator('input[name=sku]').press('Enter')
  }
  await page.locator('.round-lines li').nth(2).waitFor()
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

/** What one is told: a trial at least. */
async function told(page) {
  await page.context().request.post('/api/v1/notifications/test', { data: {} })
  await page.locator('.tiding').first().waitFor()
}

async function tried(page) {
  await page.locator('.trial-notice .key').click()
  await page.locator('.trial-notice li').first().waitFor()
}

/** Asking a team, from the letter that opens it. */
async function ask(page) {
  await page.locator('.page-keys').waitFor()
  await page.keyboard.press('a')
  await page.locator('dialog.ask').waitFor()
}

async function decide(page) {
  await page.locator('.page-keys .main').click()
  await page.locator('dialog.decide').waitFor()
}

async function earlier(page) {
  if (page.viewportSize().width < 1100) await page.locator('.tabs button').last().click()
  await page.locator('.earlier > .key').click()
  // A demo that has just begun has nothing earlier, and says so.
  await page.locator('.earlier .post-list li, .earlier > p').first().waitFor()
  await page.locator('.earlier').scrollIntoViewIfNeeded()
}

async function balance(page) {
  await page.locator('.bigs').waitFor()
}

async function behind(page) {
  await page.locator('.big button').first().click()
  await page.locator('.behind .post-list').waitFor()
}

async function meeting(page) {
  await page.locator('.concern').nth(4).waitFor()
}

async function correct(page) {
  await page.locator('.concern > .key').first().click()
  await page.locator('.correct').waitFor()
  await page.getByRole('button', { name: 'action' }).first().click()
  await page.locator('.add-task [name=task]').waitFor()
}

async function pulses(page) {
  await page.locator('.electro').first().waitFor()
}

/** A file of the tree with two faults. */
async function wrongTree(page) {
  await page.locator('.bring').click()
  const buffer = Buffer.from('path;name;kind\nlyon/x/y;Y;line\nlyon/z;Z;garage\n')
  await page.locator('.import input[type=file]').setInputFiles({ name: 'arbre.csv', mimeType: 'text/csv', buffer })
  await page.locator('.import-faults').waitFor()
}

async function neighbours(page) {
  await page.locator('.place-page .settings').first().waitFor()
}

async function editPlace(page) {
  await neighbours(page)
  await page.locator('.place-keys .key').first().click()
  await page.locator('.place-form').waitFor()
}

/** Where a figure of a production thread comes from. */
async function source(page) {
  await page.locator('.run-figures button').first().click()
  await page.locator('.figure .provenance').waitFor()
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

async function directory(page) {
  await page.locator('.colleague').first().waitFor()
}

async function card(page) {
  await page.locator('.skill').first().waitFor()
}

async function help(page) {
  await page.getByRole('button', { name: /^(Coup de main|Help wanted)/ }).click()
  await page.locator('.words.help').waitFor()
}
