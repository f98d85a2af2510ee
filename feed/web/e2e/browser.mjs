// Debian's Chromium, and the devices of the people who use the screens.
import { chromium } from 'playwright-core'

export const devices = {
  tablet: { viewport: { width: 1280, height: 800 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1440, height: 900 } },
}

/** A browser that asks nothing of any network but what it is shown. */
export const launching = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** Starts a browser that finds in the folder what it kept there the last time. */
export const launchKept = (folder, url, device) =>
  chromium.launchPersistentContext(folder, { ...launching, ...device, baseURL: url, locale: 'fr', reducedMotion: 'reduce' })

export const launch = (more = []) => chromium.launch({ ...launching, args: [...launching.args, ...more] })

/** A device with nobody signed in yet. lang and theme are chosen as a person would; a newcomer is offered the first steps. */
export async function open(browser, url, device, { lang = 'fr', theme = 'light', cookies = [], newcomer = false } = {}) {
  const context = await browser.newContext({ ...devices[device], baseURL: url, locale: lang, colorScheme: theme, reducedMotion: 'reduce' })
  await context.addInitScript((lang) => localStorage.setItem('fildefer.lang', lang), lang)
  if (!newcomer) await context.addInitScript(() => localStorage.setItem('fildefer.guide', 'line aisle direct'))
  await context.addCookies(cookies)
  return context.newPage()
}

/** Signs in without the screen, and returns the cookies that keep it so. */
export async function cookiesOf(browser, url, member, pin = '1234') {
  const context = await browser.newContext({ baseURL: url })
  const reply = await context.request.post('/api/v1/session', { data: { member, pin } })
  if (!reply.ok()) throw new Error(`sign in as ${member}: ${reply.status()} ${await reply.text()}`)
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

/** Asks for the posts that a stretch leaves out, so that all of them are on the page. */
export async function unfold(page) {
  await page.locator('.feed-end').waitFor({ state: 'attached' }) // the feed is there
  const keys = page.locator('.others button')
  while ((await keys.count()) > 0) await keys.first().click()
}
