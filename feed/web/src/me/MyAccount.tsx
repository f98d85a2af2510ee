import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { linkedHash } from '../signin/company'
import { useCompany } from '../signin/useCompany'
import { linkAddress } from './mine'

/** Makes the company's account one's own; not there where the company has none. */
export function MyAccount() {
  const { client, me, say } = useSession()
  const [arrived] = useState(() => location.hash === linkedHash)
  const [leaving, setLeaving] = useState(false)
  const company = useCompany(client)
  const w = words.value.rights
  useEffect(() => {
    if (arrived) history.replaceState(null, '', location.pathname + location.search)
  }, [arrived])
  const leave = async (): Promise<void> => {
    if (leaving) return
    setLeaving(true)
    try {
      location.assign(await linkAddress(client))
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
    } finally {
      setLeaving(false) // who comes back by the browser's key finds the page as it was
    }
  }
  if (!company.title) return null
  return (
    <section class="mine" aria-labelledby="my-account">
      <h2 id="my-account">{company.title}</h2>
      {company.refusal && (
        <p class="error" role="alert">
          {company.refusal}
        </p>
      )}
      {company.linked ? (
        <p role={arrived ? 'status' : undefined}>{w.linked(me.name)}</p>
      ) : (
        <>
          <p>{w.linkSays}</p>
          <button type="button" class="key main" aria-disabled={leaving} onClick={() => void leave()}>
            {w.link}
          </button>
        </>
      )}
    </section>
  )
}
