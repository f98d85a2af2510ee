// How one comes to what is reported, in an aisle or at a line, and to what waits to be sent.

export async function point(page) {
  await page.locator('.tile').first().click()
  await page.locator('.picks .chip').nth(1).waitFor()
}

export async function tiles(page) {
  await page.locator('.tile').first().waitFor()
}

export async function help(page) {
  await page.getByRole('button', { name: /^(Coup de main|Help wanted)/ }).click()
  await page.locator('.words.help').waitFor()
}

/** Two points that find no network; tried again, one of them is refused. */
export async function waiting(page) {
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

export async function mend(page) {
  await waiting(page)
  await page.locator('.row-keys .key').first().click()
  await page.locator('.mend textarea').waitFor()
}

const articles = async (request) => (await (await request.get('/api/v1/articles?q=3760')).json()).articles

/** An article of which nobody says anything. */
export async function someArticle(request) {
  for (const { sku } of await articles(request)) {
    const { threads } = await (await request.get(`/api/v1/articles/${sku}`)).json()
    if (threads.length === 0) return `/article/${sku}`
  }
}

export async function reportedArticle(request) {
  const { posts } = await (await request.get('/api/v1/posts?topic=stock&state=open')).json()
  const post = posts.find(({ sku }) => sku)
  return post && `/article/${post.sku}`
}

export async function facts(page) {
  await page.locator('.facts-sheet').waitFor()
}

export async function search(page) {
  await page.locator('input[name=sku]').fill('cho')
  await page.locator('.found a').first().waitFor()
}

/** Three articles, one of them twice. */
export async function round(page) {
  const [a, b, c] = await articles(page.context().request)
  for (const { sku } of [a, b, a, c]) {
    await page.locator('input[name=sku]').fill(sku)
    await page.locator('input[name=sku]').press('Enter')
  }
  await page.locator('.round-lines li').nth(2).waitFor()
}

export async function asking(page) {
  await page.locator('.tile').last().click()
  await page.locator('.ask-form').waitFor()
}
