import type { RefObject } from 'preact'
import { useId, useState } from 'preact/hooks'
import { words } from '../i18n/lang'
import { callAt } from './marks'
import { useOffers, type Offers, type Option } from './useOffers'
import './talk.css'

const longest = 4000

type Props = {
  post: string
  label: string
  value: string
  field: RefObject<HTMLTextAreaElement>
  onType: (text: string) => void
  onSend: () => void
}

/** A field to write in, that offers people, teams and skills after an @. */
export function MentionField({ post, label, value, field, onType, onSend }: Props) {
  const [call, setCall] = useState<{ q: string; from: number }>()
  const [at, setAt] = useState(0)
  const offers = useOffers(post, call?.q)
  const list = useId()
  const options = Array.isArray(offers) ? offers : []
  const look = (text: string, caret: number): void => {
    setCall(callAt(text, caret))
    setAt(0)
  }
  const pick = ({ says }: Option): void => {
    const caret = field.current?.selectionStart ?? value.length
    const before = `${value.slice(0, call!.from)}@${says} `
    onType(before + value.slice(caret).replace(/^ /, ''))
    setCall(undefined)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(before.length, before.length)
    })
  }
  /** Begins a mention where the caret is, for who has no @ at hand. */
  const begin = (): void => {
    const caret = field.current?.selectionStart ?? value.length
    const before = value.slice(0, caret)
    const text = `${before}${before && !/\s$/.test(before) ? ' ' : ''}@`
    onType(text + value.slice(caret))
    look(text, text.length)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(text.length, text.length)
    })
  }
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) return onSend()
    if (!call) return
    if (e.key === 'Escape') setCall(undefined)
    else if (options.length === 0) return
    else if (e.key === 'ArrowDown') setAt((at + 1) % options.length)
    else if (e.key === 'ArrowUp') setAt((at + options.length - 1) % options.length)
    else if (e.key === 'Enter' || e.key === 'Tab') pick(options[at]!)
    else return
    e.preventDefault()
    e.stopPropagation()
  }
  return (
    <div class="mention-field">
      <label>
        <span class="spoken">{label}</span>
        <textarea
          ref={field}
          name="comment"
          rows={2}
          maxLength={longest}
          placeholder={label}
          value={value}
          aria-autocomplete="list"
          aria-controls={call ? list : undefined}
          aria-activedescendant={call && options.length > 0 ? `${list}-${at}` : undefined}
          onInput={(e) => {
            onType(e.currentTarget.value)
            look(e.currentTarget.value, e.currentTarget.selectionStart)
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      {call ? <OfferList id={list} offers={offers} at={at} onPick={pick} /> : <MentionKey onBegin={begin} />}
    </div>
  )
}

/** Calls somebody with a touch. */
function MentionKey({ onBegin }: { onBegin: () => void }) {
  const w = words.value
  return (
    <button type="button" class="plain call-key" aria-label={`${w.talk.mention} : ${w.talk.mentionLabel}`} onClick={onBegin}>
      {w.talk.mention}
    </button>
  )
}

type ListProps = { id: string; offers: Offers; at: number; onPick: (option: Option) => void }

/** Whom the letters may mean, each a touch away. */
function OfferList({ id, offers, at, onPick }: ListProps) {
  const w = words.value
  const options = Array.isArray(offers) ? offers : []
  return (
    <div class="offers">
      <p class={options.length > 0 ? 'spoken' : 'quiet'} role="status">
        {offers === undefined ? w.loading : offers === 'away' ? w.talk.offersAway : options.length === 0 ? w.talk.nobodyOffered : w.talk.offers(options.length)}
      </p>
      {options.length > 0 && (
        <ul id={id} role="listbox" aria-label={w.talk.mentionLabel}>
          {options.map((option, i) => (
            // The field keeps the focus: its keys choose.
            <li key={`${option.person ?? option.role ?? ''} ${option.says}`} id={`${id}-${i}`} role="option" aria-selected={i === at} onPointerDown={(e) => e.preventDefault()} onClick={() => onPick(option)}>
              <b>@{option.says}</b> {option.note && <span>{option.note}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
