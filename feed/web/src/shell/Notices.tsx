import { useEffect, useRef } from 'preact/hooks'
import type { Signal } from '@preact/signals'
import { words } from '../i18n/lang'
import { asRead } from '../i18n/ready'
import type { Message } from './session'
import { useSession } from './session'

const shownFor = 6000

/** What was just done or refused, and, for those who listen, what arrived. */
export function Notices({ message }: { message: Signal<Message | undefined> }) {
  const { feed } = useSession()
  const shown = message.value
  const arrival = feed.arrival.value
  const critical = arrival?.severity === 'critical'
  const news = arrival ? words.value.arrived(asRead(arrival.title)) : ''
  const timer = useRef(0)
  useEffect(() => {
    clearTimeout(timer.current)
    document.documentElement.toggleAttribute('data-notice', shown !== undefined)
    if (shown) timer.current = window.setTimeout(() => (message.value = undefined), shownFor)
  }, [shown])
  return (
    <>
      <div class="notice-place" role={shown?.grave ? 'alert' : 'status'}>
        {shown && (
          <p class={`notice ${shown.grave ? 'grave' : ''}`}>
            <span>{shown.text}</span>
            {shown.action && (
              <button
                type="button"
                onClick={() => {
                  message.value = undefined
                  shown.action!.run()
                }}
              >
                {shown.action.label}
              </button>
            )}
          </p>
        )}
      </div>
      <p class="spoken" aria-live="polite">
        {critical ? '' : news}
      </p>
      <p class="spoken" aria-live="assertive">
        {critical ? news : ''}
      </p>
    </>
  )
}
