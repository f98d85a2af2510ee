import type { CompanyKey } from '../api/rights'

/** The word that the server put into an address after a refusal; what it means, the server says too. */
export const refusedOf = (hash: string): string | undefined => /^#refused=([a-z-]+)$/.exec(hash)?.[1]

/** What the page is opened with once an account is linked. */
export const linkedHash = '#linked'

/** Whether the address tells what came of the company's account. */
export const brings = (hash: string): boolean => hash === linkedHash || refusedOf(hash) !== undefined

/** Whether the account proves who is here: another's, or nobody's yet, would sign in somebody else. */
export const proves = (key: CompanyKey): boolean => key.title !== undefined && key.linked === true

/** Where one goes to sign in with the company's account, and comes back from to a page. */
export function companyPath(to: string, again = false): string {
  const query = new URLSearchParams({ to, ...(again && { again: 'true' }) })
  return `/api/v1/session/oidc?${query}`
}
