import type { Me } from '../api/types'
import { canSeal, Seal } from '../seal/seal'
import { DraftBox } from './box'

/**
 * Words that one person has typed and not sent, by where they typed them. On
 * the device they are kept sealed, under names that tell nothing: the next
 * person neither reads them nor learns of them. Where the browser cannot seal,
 * and while nobody says who they are, they are kept until the page is closed.
 */
export class Drafts {
  private readonly seal: Promise<Seal> | undefined
  private last: Promise<void> = Promise.resolve()

  constructor(
    private readonly me: Me,
    private readonly box = new DraftBox(),
  ) {
    this.seal = me.seal && !me.station && canSeal() ? Seal.from(me.seal) : undefined
  }

  async read(place: string): Promise<string> {
    await this.last
    const seal = await this.seal
    if (!seal) return unsealed.get(this.nameHere(place)) ?? ''
    const sealed = await this.box.get(await seal.nameOf(place))
    return sealed ? seal.open<string>(sealed) : ''
  }

  /**
   * Keeps what is typed at a place, one text after another; nothing typed keeps
   * nothing. A device that is full keeps what it had.
   */
  keep(place: string, text: string): Promise<void> {
    this.last = this.last.then(() => this.write(place, text)).catch(() => undefined)
    return this.last
  }

  private async write(place: string, text: string): Promise<void> {
    const seal = await this.seal
    if (!seal) {
      if (text) unsealed.set(this.nameHere(place), text)
      else unsealed.delete(this.nameHere(place))
      return
    }
    const name = await seal.nameOf(place)
    await (text ? this.box.put(name, await seal.close(text)) : this.box.remove(name))
  }

  private nameHere = (place: string): string => `${this.me.id} ${place}`
}

// In memory, by person: as long as the page lives.
const unsealed = new Map<string, string>()
