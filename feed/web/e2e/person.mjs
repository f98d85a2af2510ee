// Somebody in front of a screen: what they touch, and what they see.
import assert from 'node:assert/strict'
import { cookiesOf, devices, open } from './browser.mjs'

const patience = 60_000

/** People who come to a page of one server, each with a device of their own. */
export const comers = (browser, url) => async (member, device, path, look = {}) => {
  const page = await open(browser, url, device, { ...look, cookies: await cookiesOf(browser, url, member) })
  await page.goto(path)
  return new Person(page, device !== 'desktop')
}

/** They leave, and nothing went wrong on their screen. */
export async function done(person, told) {
  assert.deepEqual(person.faults, [])
  await person.page.context().close()
  console.log(told)
}

export class Person {
  /** How often they touched the screen since it was last set to zero. */
  taps = 0
  /** What went wrong in their browser. */
  faults = []

  static async at(browser, url, device, look) {
    const page = await open(browser, url, device, look)
    await page.goto('/')
    return new Person(page, devices[device].hasTouch)
  }

  constructor(page, touch) {
    this.page = page
    this.touch = touch
    page.setDefaultTimeout(patience)
    page.on('pageerror', (err) => this.faults.push(String(err)))
    page.on('dialog', (dialog) => this.faults.push(`a dialog opened: ${dialog.message()}`))
  }

  async tap(target) {
    this.taps++
    await (this.touch ? target.tap() : target.click())
  }
  key = (name, within = this.page) => within.getByRole('button', { name, exact: true })

  async signIn(member, pin) {
    await this.page.locator('input[name=member]').fill(member)
    await this.tap(this.key('Continuer'))
    await this.typePin(pin)
  }
  async typePin(pin) {
    for (const digit of pin) await this.tap(this.key(digit))
    await this.tap(this.key('Continuer'))
  }

  /** The posts in this person's feed that say all of these. */
  posts = (...texts) => texts.reduce((found, hasText) => found.filter({ hasText }), this.page.locator('article.item'))

  /** Waits until exactly one post says all of these, and returns it. */
  async seesOne(...texts) {
    const found = this.posts(...texts)
    await found.first().waitFor()
    assert.equal(await found.count(), 1, `posts that say ${texts}`)
    return found
  }
  sees = (text, within = this.page) => within.getByText(text).filter({ visible: true }).first().waitFor()
  seesNoMore = (...texts) => this.posts(...texts).first().waitFor({ state: 'detached' })

  /** Opens a post by its title; returns its page, or the panel beside the board. */
  async open(post) {
    await this.tap(post.locator('h3 a'))
    const page = this.page.locator('.page')
    await page.locator('.timeline').waitFor()
    return page
  }
  async leave() {
    await this.tap(this.page.locator('.page-top .back'))
  }
}
