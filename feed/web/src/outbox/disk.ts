import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Item } from './item'
import type { Shelf } from './shelf'

const name = 'fildefer-outbox'

interface Schema extends DBSchema {
  items: { key: string; value: Item }
}

/** A shelf that outlives the page and the browser: IndexedDB. */
export class DiskShelf implements Shelf {
  private opened: Promise<IDBPDatabase<Schema>> | undefined
  private asked = false

  ids = async (): Promise<string[]> => (await this.db()).getAllKeys('items')
  get = async (id: string): Promise<Item | undefined> => (await this.db()).get('items', id)
  remove = async (id: string): Promise<void> => (await this.db()).delete('items', id)

  /** The item is on disk, not only on its way there, when this is done. */
  put = async (item: Item): Promise<void> => {
    this.askToStay()
    const tx = (await this.db()).transaction('items', 'readwrite', { durability: 'strict' })
    await Promise.all([tx.store.put(item), tx.done])
  }

  /** Opens the database, and again after the browser took it away. */
  private db(): Promise<IDBPDatabase<Schema>> {
    const forget = (): void => void (this.opened = undefined)
    this.opened ??= openDB<Schema>(name, 1, {
      upgrade: (db) => void db.createObjectStore('items', { keyPath: 'id' }),
      blocking: (_now, _next, event) => {
        forget()
        ;(event.target as IDBDatabase).close()
      },
      terminated: forget,
    })
    this.opened.catch(forget)
    return this.opened
  }

  /** Browsers clear what sites keep when the disk is full, but for those that ask. */
  private askToStay(): void {
    if (this.asked) return
    this.asked = true
    void navigator.storage?.persist?.().catch(() => false)
  }
}
