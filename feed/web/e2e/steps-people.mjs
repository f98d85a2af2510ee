// How one comes to groups, notices, decisions and people.

export async function newGroup(page) {
  await page.locator('.groups .create').click()
  await page.locator('.new-group').waitFor()
}

export async function proposing(page) {
  await page.locator('.groups .suggest').click()
  await page.locator('.propose .pick .chip').first().waitFor()
}

/** The groups of somebody to whom a place is proposed, and who proposes one. */
export async function proposed(request, as) {
  const { proposals } = await (await request.get('/api/v1/proposals')).json()
  if (proposals.some((one) => one.state === 'asked')) return '/groups'
  const about = 'Ce qui met les bouchons de travers, de la presse à la ligne.'
  const why = 'Le même problème chez chacun'
  await (await as('tomas')).post('/api/v1/proposals', { data: { name: 'Bouchons', about, why, people: ['operator', 'julie', 'bruno'] } })
  await (await as('operator')).post('/api/v1/proposals', { data: { name: 'Changements de format', about, why, people: ['paul', 'awa'] } })
  return '/groups'
}

/** The address of the first group that the reader is in. */
export async function someGroup(request) {
  const { groups } = await (await request.get('/api/v1/groups')).json()
  const one = groups.find((group) => group.mine === 'keeper')
  return one && `/groups/${one.id}`
}

export async function publish(page) {
  await page.locator('.to-whom .chip').first().click()
  await page.locator('.publish-form .chips').nth(1).waitFor()
}

export async function mustRead(page) {
  await page.locator('.must-read').waitFor()
}

export async function lateOnes(page) {
  await page.locator('.decision-tabs button').nth(2).click()
  await page.locator('.decisions .item, .decisions .nothing').first().waitFor()
}

export async function merging(page) {
  await page.locator('.page-keys .more > .key').click()
  await page.locator('.page-keys .menu .key').first().click()
  await page.locator('dialog .merges').waitFor()
}

export async function directory(page) {
  await page.locator('.colleague').first().waitFor()
}

export async function card(page) {
  await page.locator('.skill').first().waitFor()
}

/** What one is told: a trial at least. */
export async function told(page) {
  await page.context().request.post('/api/v1/notifications/test', { data: {} })
  await page.locator('.tiding').first().waitFor()
}

export async function tried(page) {
  await page.locator('.trial-notice .key').click()
  await page.locator('.trial-notice li').first().waitFor()
}

/** What a search found. */
export async function hits(page) {
  await page.locator('.hit').first().waitFor()
}

/** What is in the first usage, word for word. */
export async function usage(page) {
  await page.locator('.usage-keys .key').first().click()
  await page.locator('.preview').waitFor()
}

export async function installing(page) {
  await page.locator('.usage-keys .key.main').first().click()
  await page.locator('.install option').nth(1).waitFor({ state: 'attached' })
}

/** The group of a usage, which is installed for that. */
export async function usageGroup(request) {
  const made = await request.put('/api/v1/usages/qrqc?territory=lyon/presses')
  return `/groups/${(await made.json()).group}`
}

export async function ticking(page) {
  await page.locator('.checklist input').first().waitFor()
}

export const poster = async (request) => (await usageGroup(request)).replace('groups', 'usages')
