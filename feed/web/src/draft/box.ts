import { openDB, type IDBPDatabase } from 'idb'
import type { Sealed } from '../seal/seal'

/** The database of sealed drafts, which outlives whoever was here. */
export const draftBox = 'fildefer-drafts'

const table = 'drafts'
const keptFor = 14 * 24 * 3600_000

type Kept = Sealed & { at: number }

/** Sealed drafts on this device. Who opens it knows neither whose nor what. */
export class DraftBox {
  private db: Promise<IDBPDatabase> | undefined

  get = async (name: string): Promise<Sealed | undefined> => (await this.open()).get(table, name) as Promise<Sealed | undefined>
  put = async (name: string, sealed: Sealed): Promise<void> => {
    const kept: Kept = { ...sealed, at: Date.now() }
    await (await this.open()).put(table, kept, name)
  }
  remove = async (name: string): Promise<void> => (await this.open()).delete(table, name)

  private open(): Promise<IDBPDatabase> {
    this.db ??= openDB(draftBox, 1, { upgrade: (db) => void db.createObjectStore(table) }).then(async (db) => {
      await forgetOld(db)
      return db
    })
    return this.db
  }
}

/** What nobody came back for in a fortnight is not waited for. */
async function forgetOld(db: IDBPDatabase): Promise<void> {
  const work = db.transaction(table, 'readwrite')
  for (let cursor = await work.store.openCursor(); cursor; cursor = await cursor.continue()) {
    if ((cursor.value as Kept).at < Date.now() - keptFor) await cursor.delete()
  }
  await work.done
}
