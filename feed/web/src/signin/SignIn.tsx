import type { Client } from '../api/client'
import type { Me } from '../api/types'
import { words } from '../i18n/lang'
import { Choices } from '../shell/Choices'
import { LongMark } from '../shell/LongMark'
import { go } from '../shell/route'
import { CompanyLink } from './CompanyLink'
import { useIdentify } from './identify'
import { NameField } from './NameField'
import { People } from './People'
import { PinPad } from './PinPad'
import { useCompany } from './useCompany'
import './signin.css'

type Props = {
  client: Client
  /** Why somebody has to sign in who had not to before. */
  because: string | undefined
  onDone: (me: Me) => void
  onPair: () => void
}

/** Says who one is: a tile or a name, then a code. */
export function SignIn({ client, because, onDone, onPair }: Props) {
  const { people, member, error, pick, enter, leave } = useIdentify(client, onDone)
  const company = useCompany(client)
  const w = words.value
  return (
    <main class="signin">
      <header>
        <LongMark />
        <p class="product">{w.product}</p>
      </header>
      {because && !member && <p class="banner">{because}</p>}
      {company.refusal && !member && (
        <p class="banner" role="alert">
          {company.refusal}
        </p>
      )}
      {member ? (
        <PinPad name={member.name} length={member.digits} error={error} onPin={enter} onLeave={leave} />
      ) : people === 'none' ? (
        <NameField onName={(name) => pick({ id: name, name })} />
      ) : (
        <People people={people ?? []} onPick={pick} />
      )}
      {!member && company.title && (
        <section class="company-way">
          <p class="quiet">{w.rights.companyOr}</p>
          <CompanyLink title={company.title} />
        </section>
      )}
      {!member && (
        <footer>
          <button type="button" class="plain" onClick={onPair}>
            {w.identity.pairThis}
          </button>
          <button type="button" class="plain" onClick={() => go('/welcome')}>
            {w.rights.haveInvitation}
          </button>
          <Choices />
        </footer>
      )}
    </main>
  )
}
