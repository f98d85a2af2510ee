import { useEffect, useState } from 'preact/hooks'
import type { Client } from '../api/client'
import type { CompanyKey } from '../api/rights'
import { lang } from '../i18n/lang'
import { refusedOf } from './company'

/** Whether the company's account is offered here, and why it did not let somebody in. */
export function useCompany(client: Client): CompanyKey {
  const [key, setKey] = useState<CompanyKey>({})
  const [refused] = useState(() => refusedOf(location.hash))
  useEffect(() => {
    // A refusal is told once: who opens the address again did not ask for it.
    if (refused) history.replaceState(null, '', location.pathname + location.search)
  }, [refused])
  useEffect(() => {
    client.company(refused).then(setKey, () => setKey({}))
  }, [client, refused, lang.value])
  return key
}
