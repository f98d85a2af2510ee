import { signal } from '@preact/signals'
import { words } from '../i18n/lang'
import { Tabs } from '../direct/Tabs'
import { BrokenWire, LongMark } from '../shell/LongMark'
import { Mark } from '../shell/Mark'
import { Skeleton } from '../shell/Skeleton'
import { Wire } from '../wire/Wire'
import { Pane } from './Pane'
import '../direct/direct.css'

const tab = signal(0)

/** What surrounds posts: bars, tabs, menus, notices, dialogs, and what is shown instead of posts. */
export function Frame() {
  const w = words.value
  return (
    <Pane title="Cadre et états vides">
      {() => (
        <div class="kit-column">
          <header class="top">
            <Mark />
            <p class="kit-bar">Ligne 3</p>
            {(['live', 'connecting', 'offline', 'polling'] as const).map((link) => (
              <p class={`connection ${link}`} key={link}>
                <i aria-hidden="true" />
                {w[link]}
              </p>
            ))}
          </header>
          <p class="last-news">
            <b>{w.offline}</b> {w.lastNews(w.at('09:14', ''))}
          </p>
          <Tabs tab={tab} titles={[w.toTake, w.inHand, w.endedShort].map((title, i) => ({ title, count: 3 - i }))} />
          <p class="notice">
            <span>{w.done}</span>
            <button type="button">{w.cancel}</button>
          </p>
          <p class="notice grave">
            <span>{w.notSent}</span>
          </p>
          <div class="menu kit-still" role="group" aria-label={w.living.more}>
            <button type="button" class="key">
              {w.living.shelve}
            </button>
            <button type="button" class="key" aria-pressed="true">
              {w.living.callNoise}
            </button>
          </div>
          <div class="resolve kit-dialog">
            <p class="kit-bar">{w.resolveTitle}</p>
            <p class="still">{w.stillHolds}</p>
            <div class="chips">
              {w.causes.machine.map((cause) => (
                <button type="button" class="chip" key={cause}>
                  {cause}
                </button>
              ))}
              <button type="button" class="key">
                {w.cancel}
              </button>
            </div>
          </div>
          <Skeleton count={1} />
          <section class="stretch">
            <p class="quiet">
              <Wire />
              {w.nothingToHandle}
            </p>
          </section>
          <div class="unavailable kit-still">
            <BrokenWire />
            <p>{w.unreachable}</p>
            <button type="button" class="key main">
              {w.tryAgain}
            </button>
          </div>
          <div class="unavailable kit-still">
            <LongMark />
            <p>{w.nowhere}</p>
          </div>
        </div>
      )}
    </Pane>
  )
}
