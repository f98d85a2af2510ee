import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { explain } from '../shell/explain'
import { useSession } from '../shell/session'
import { linkedHash } from '../signin/company'
import { useCompany } from '../signin/useCompany'
import { linkAddress } from './mine'

/** Makes the company's account one's own; not there where the company has none. */
export function MyAccount() {
  const { client, me, say } = useSession()
  const section = useRef<HTMLElement>(null)
  const [arrived] = useState(() => location.hash === linkedHash)
  const [leaving, setLeaving] = useState(false)
  const company = useCompany(client)
  const told = company.refusal ?? (arrived && company.linked)
  const w = words.value.rights
  useEffect(() => {
    if (arrived) history.replaceState(null, '', location.pathname + location.search)
  }, [arrived])
  useEffect(() => {
    if (told) section.current?.scrollIntoView({ block: 'center' })
  }, [told])
  const leave = async (): Promise<void> => {
    if (leaving) return
    setLeaving(true)
    try {
      location.assign(await linkAddress(client))
    } catch (err) {
      say({ text: explain(words.peek(), err), grave: true })
      setLeaving(false)
    }
  }
  if (!company.title) return null
  return (
    <section ref={section} class="mine" aria-labelledby="my-account">
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
