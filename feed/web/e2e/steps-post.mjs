// How one comes to the posts of the demo, and to what is done with one.

/** The post of a machine about which most was said. */
export async function talkedAbout(request) {
  const { posts } = await (await request.get('/api/v1/posts?kind=alert&limit=100')).json()
  const [post] = posts.sort((a, b) => b.comments - a.comments || (b.series?.length ?? 0) - (a.series?.length ?? 0))
  return `/post/${encodeURIComponent(post.id)}`
}

/** The first post of a list that is as it should be. */
export function first(query, fits) {
  return async (request) => {
    const { posts } = await (await request.get(`/api/v1/posts?limit=100&${query}`)).json()
    const post = posts.find(fits)
    return post && `/post/${encodeURIComponent(post.id)}`
  }
}

export async function members(page) {
  await page.locator('.members .plain').click()
  await page.locator('.members ol').waitFor()
}

export async function shelve(page) {
  await page.locator('.page-keys .more > .key').click()
  await page.locator('.page-keys .menu .key').first().click()
  await page.locator('dialog').waitFor()
}

export async function resolve(page) {
  await page.locator('.page-keys > .key').last().click()
  await page.locator('dialog').waitFor()
}

/** Asking a team, from the letter that opens it. */
export async function ask(page) {
  await page.locator('.page-keys').waitFor()
  await page.keyboard.press('a')
  await page.locator('dialog.ask').waitFor()
}

export async function decide(page) {
  await page.locator('.page-keys .main').click()
  await page.locator('dialog.decide').waitFor()
}

/** Where a figure of a production thread comes from. */
export async function source(page) {
  await page.locator('.run-figures button').first().click()
  await page.locator('.figure .provenance').waitFor()
}

let spoken

/** A post with an accepted answer, a mention, a tag and words that were removed: made at need, once for all who look. */
export function talked(request, as) {
  spoken ??= speak(as)
  return spoken
}

async function speak(as) {
  const request = await as('manager')
  const text = 'Marquer les réglages au sol #propreté, voir https://exemple.fr/marquage'
  const { posts } = await (await request.get('/api/v1/posts?tag=proprete&limit=100')).json()
  const known = posts.find((post) => post.text === text && post.comments > 0)
  if (known) return `/post/${known.id}`
  const send = async (path, data) => (await request.post(`/api/v1/posts${path}`, { data })).json()
  const { id } = await send('', { kind: 'idea', territory: 'lyon/bottling/line-3', text })
  await send(`/${id}/comments`, { text: 'Qui a déjà essayé ?' })
  const answer = await send(`/${id}/comments`, { text: 'Oui, avec du ruban jaune. @maintenance peut poser ça ? #ruban' })
  const rude = await send(`/${id}/comments`, { text: 'Paul dort au poste' })
  await request.put(`/api/v1/posts/${id}/accepted`, { data: { comment: answer.id } })
  await request.put(`/api/v1/posts/${id}/hidden`, { data: { comment: rude.id, reason: 'Vise une personne' } })
  return `/post/${id}`
}

/** Somebody writes an @. */
export async function mentioning(page) {
  await page.locator('.comment-form .call-key').click()
  await page.locator('.offers li').first().waitFor()
}

export async function saidMenu(page) {
  await page.locator('.said-menu > button').first().click()
  await page.locator('.said-menu .menu').waitFor()
}

export async function inviting(page) {
  await page.locator('.post-tools .plain').nth(1).click()
  await page.locator('dialog[open] input[name=guest]').waitFor()
}

/** What a guest's link shows. */
export async function guested(request, as) {
  const path = await talked(request, as)
  const made = await request.post(`/api/v1/posts/${path.split('/').at(-1)}/guests`, { data: { name: 'Jean Dupont', days: 1 } })
  return (await made.json()).path
}

export async function guestReads(page) {
  await page.locator('.guest-page').waitFor()
}
