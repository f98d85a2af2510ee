import { signal, type Signal } from '@preact/signals'
import type { Client } from '../api/client'
import { changeHands, Refusal } from '../api/request'
import type { Me } from '../api/types'
import { mostEnded } from '../feed/feed'
import { speakAs } from '../i18n/lang'
import type { Snapshot } from '../offline/snapshot'
import { go } from '../shell/route'
import { showOwnTheme } from '../shell/theme'
import { wipe } from './wipe'

/** A time that one person has the screen, or that nobody has: all of it ends together. */
export type Turn = { number: number; me: Signal<Me>; /** What they last read, before the server has answered. */ last?: Snapshot | undefined }

export type Who = Turn | 'unknown' | 'nobody' | 'expired' | 'unpaired' | 'unreachable'

const retryAfter = 4000
const leavingKey = 'fildefer.leaving'

/** Who stands before this device, and how that changes. */
export class Presence {
  readonly who = signal<Who>('unknown')
  private turns = 0
  /** Whether who is shown is only remembered: the server has not said so yet. */
  private guessed = false

  constructor(private readonly client: Client) {}

  /** Asks ahead for what whoever is here will read; somebody who is leaving reads nothing more. */
  foresee(): void {
    if (!localStorage.getItem(leavingKey)) this.client.foresee(mostEnded)
  }

  /** Asks the server who is here until it answers. */
  recognise = async (nobody: Who = 'nobody'): Promise<void> => {
    try {
      if (localStorage.getItem(leavingKey)) await this.leave()
      await this.welcome(await this.client.me())
    } catch (err) {
      if (err instanceof Refusal && err.status === 401) {
        // Whoever came while the server was asked is not whom it did not know.
        if (this.turn() && !this.guessed) return
        if (this.turn()) await this.clear()
        this.who.value = nobody
      } else {
        if (!this.turn()) this.who.value = 'unreachable'
        setTimeout(() => void this.recognise(nobody), retryAfter)
      }
    }
  }

  /**
   * Somebody is here. Who says their name on a station goes on where they were;
   * in every other case the screen begins anew, with nothing of who was here.
   */
  welcome = async (me: Me): Promise<void> => {
    const turn = this.turn()
    const before = turn?.me.peek()
    const guessed = this.guessed
    this.guessed = false
    if (turn && before && (before.id === me.id || (before.station && before.device?.id === me.device?.id))) {
      turn.me.value = me
      speakAs(me.lang)
      return
    }
    // Whoever opened this address is who is here, not who was here last: it stays.
    if (before) await this.clear(guessed)
    speakAs(me.lang)
    this.who.value = { number: ++this.turns, me: signal(me) }
  }

  /** Whoever read here last need not wait for the server to be recognised. */
  remember(me: Me, last: Snapshot | undefined): void {
    if (localStorage.getItem(leavingKey)) return
    if (this.who.peek() !== 'unknown' && this.who.peek() !== 'unreachable') return
    speakAs(me.lang)
    this.guessed = true
    this.who.value = { number: ++this.turns, me: signal(me), last }
  }

  /** A badge was read: its owner has the screen, whoever had it before. */
  badge = async (code: string): Promise<void> => this.welcome(await this.client.badge(code))

  /**
   * The person leaves a shared device. Nothing of theirs stays on the screen,
   * even while the server cannot be told: that is done before anything else.
   */
  part = async (): Promise<void> => {
    localStorage.setItem(leavingKey, '1')
    await this.clear()
    await this.recognise()
  }

  /** The person has left a device of their own. */
  left = async (): Promise<void> => {
    await this.clear()
    this.who.value = 'nobody'
  }

  /** The server does not know this turn any more; a late answer to an earlier one says nothing. */
  expired = async (turn: number): Promise<void> => {
    const now = this.turn()
    if (now?.number !== turn) return
    const shared = now.me.peek().device !== undefined
    await this.clear()
    await this.recognise(shared ? 'unpaired' : 'expired')
  }

  private turn(): Turn | undefined {
    const who = this.who.peek()
    return typeof who === 'string' ? undefined : who
  }

  private async leave(): Promise<void> {
    await this.client.signOut().catch((err: unknown) => {
      if (!(err instanceof Refusal)) throw err
    })
    localStorage.removeItem(leavingKey)
  }

  // Taken from the screen first: what unmounts keeps its drafts by itself.
  private async clear(staying = false): Promise<void> {
    this.who.value = 'unknown'
    changeHands()
    showOwnTheme()
    if (!staying) go('/')
    await wipe()
  }
}
