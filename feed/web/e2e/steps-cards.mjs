// How one comes to the good practices of the demo.

/** The form that a card is written with. */
export async function writing(page) {
  await page.locator('.page-keys .key.main').click()
  await page.locator('dialog.card-form').waitFor()
}

/** Why a card is offered no more. */
export async function retiring(page) {
  await page.locator('.page-keys .key').nth(1).click()
  await page.locator('dialog.resolve').waitFor()
}

/** A post with which a good practice is offered. */
export async function helped(request) {
  const read = async (path) => (await request.get(`/api/v1/posts${path}`)).json()
  const { posts } = await read('?kind=alert&limit=60')
  for (const { id } of posts) {
    if ((await read(`/${encodeURIComponent(id)}`)).practices.length > 0) return `/post/${encodeURIComponent(id)}`
  }
  return undefined
}

/** A solved post that has no card yet. */
export async function solved(request) {
  const read = async (path) => (await request.get(`/api/v1/posts${path}`)).json()
  const { posts } = await read('?kind=alert&state=ended&limit=60')
  for (const { id, cause } of posts) {
    if (cause && (await read(`/${encodeURIComponent(id)}`)).can.capitalise) return `/post/${encodeURIComponent(id)}`
  }
  return undefined
}

/** The cards that somebody should confirm. */
export async function due(page) {
  await page.locator('.practice-tabs button').nth(1).click()
  await page.locator('.practice-tabs button[aria-pressed=true]').nth(0).waitFor()
  await page.locator('.practices-body .item, .practices-body .nothing').first().waitFor()
}
