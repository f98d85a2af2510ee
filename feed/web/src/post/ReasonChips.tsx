import { useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { OtherWords } from './OtherWords'

type Props = {
  reasons: string[]
  /** The id of what asks for a reason. */
  label: string
  onSay: (reason: string) => void
  onCancel: () => void
}

/** Why a post is silenced: a touch, or one's own words. */
export function ReasonChips({ reasons, label, onSay, onCancel }: Props) {
  const [other, setOther] = useState(false)
  const w = words.value
  return (
    <>
      <div class="chips" role="group" aria-labelledby={label}>
        {reasons.map((reason) => (
          <button type="button" class="chip" key={reason} onClick={() => onSay(reason)}>
            {reason}
          </button>
        ))}
        <button type="button" class="chip" aria-expanded={other} onClick={() => setOther(true)}>
          {w.living.otherReason}
        </button>
        <button type="button" class="key" onClick={onCancel}>
          {w.cancel}
        </button>
      </div>
      {other && <OtherWords label={w.living.reasonLabel} onSay={onSay} />}
    </>
  )
}
