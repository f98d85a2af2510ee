// A real identity provider for the tests, with people whose claims they change.
//
//   node provider.mjs '{"port": 4000, "issuer": "http://127.0.0.1:4000", "redirect": "http://…", "secret": "…", "people": {"s1": {"name": "Zoé"}}}'
//
// With "short" its tokens are as the standard has them, and claims are told to
// who asks. With "lasting" it lets Fildefer ask again after people, under another
// token each time. It answers a line to each line on its standard input: {"op": "person",
// "sub", "claims"} changes one, {"op": "seat", "sub"} is who sits before the
// screen (nobody: a page asks), {"op": "leave", "sub"} closes an account,
// {"op": "revoke", "sub"} takes back what was given out for one, {"op": "clock", "seconds"} sets its clock wrong,
// {"op": "decline"} refuses whoever comes next.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Provider } from 'oidc-provider'

const told = JSON.parse(process.argv[2])
const grants = new Map()
const people = new Map(Object.entries(told.people ?? {}))
let seat
let declines = false
let ahead = 0
const now = Date.now
Date.now = () => now() + ahead

// Other keys at each start: what was signed before is not to be believed for it.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' }

const provider = new Provider(told.issuer, {
  clients: [
    {
      client_id: 'fildefer',
      ...(told.secret ? { client_secret: told.secret } : { token_endpoint_auth_method: 'none' }),
      redirect_uris: [told.redirect],
      grant_types: ['authorization_code', ...(told.lasting ? ['refresh_token'] : [])],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'locale', 'groups'] },
  conformIdTokenClaims: told.short === true,
  ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 3600, IdToken: 300, Interaction: 3600, Session: 3600 },
  rotateRefreshToken: () => true,
  jwks: { keys: [key] },
  cookies: { keys: ['of the tests'] },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
  findAccount: (_, sub) => people.has(sub) ? { accountId: sub, claims: () => ({ ...people.get(sub), sub }) } : undefined,
  // Whoever has an account may use Fildefer: there is nothing to agree to.
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
    grant.addOIDCScope('openid profile offline_access')
    await grant.save()
    grants.set(grant.accountId, [...(grants.get(grant.accountId) ?? []), grant.jti])
    return grant
  },
})

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/login/')) return next()
  let sub = seat
  if (ctx.method === 'POST') sub = new URLSearchParams(await textOf(ctx.req)).get('sub')
  if (declines) {
    declines = false
    ctx.respond = false
    return provider.interactionFinished(ctx.req, ctx.res, { error: 'access_denied' })
  }
  if (!sub) {
    ctx.type = 'html'
    const keys = [...people].map(([id, claims]) => `<button name="sub" value="${id}">${claims.name}</button>`)
    ctx.body = `<!doctype html><title>Compte</title><form method="post">${keys.join('')}</form>`
    return
  }
  ctx.respond = false
  await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: sub }, consent: {} })
})

async function textOf(stream) {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}

const commands = {
  person: ({ sub, claims }) => people.set(sub, claims),
  seat: ({ sub }) => (seat = sub),
  leave: ({ sub }) => people.delete(sub),
  revoke: async ({ sub }) => {
    for (const id of grants.get(sub) ?? []) await (await provider.Grant.find(id))?.destroy()
  },
  clock: ({ seconds }) => (ahead = seconds * 1000),
  decline: () => (declines = true),
}

provider.listen(told.port, '127.0.0.1', () => {
  console.log('{"ready":true}')
  const lines = createInterface({ input: process.stdin })
  lines.on('line', async (line) => {
    const command = JSON.parse(line)
    await commands[command.op](command)
    console.log('{"done":true}')
  })
  lines.on('close', () => process.exit(0))
})
