import type { Item } from './item'

/** Where items lie until they have arrived. */
export interface Shelf {
  ids(): Promise<string[]>
  get(id: string): Promise<Item | undefined>
  put(item: Item): Promise<void>
  remove(id: string): Promise<void>
}

/** A shelf that lasts as long as the page does. */
export class MemoryShelf implements Shelf {
  private readonly items = new Map<string, Item>()

  ids = async (): Promise<string[]> => [...this.items.keys()]
  get = async (id: string): Promise<Item | undefined> => this.items.get(id)
  put = async (item: Item): Promise<void> => void this.items.set(item.id, item)
  remove = async (id: string): Promise<void> => void this.items.delete(id)
}
