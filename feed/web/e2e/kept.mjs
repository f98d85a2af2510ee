// What a browser keeps for a page, as text: whoever holds the device may read it.

/** Everything that scripts of the page can read from the device, one text each. */
export const keptOn = (page) =>
  page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie]
    const readable = (value) => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value)
      if (value instanceof CryptoKey) return 'CryptoKey'
      if (value === null || typeof value !== 'object') return String(value)
      return Object.entries(value).map(([key, part]) => `${key}: ${readable(part)}`).join('\n')
    }
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }))
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name))
      for (const table of db.objectStoreNames) {
        const store = db.transaction(table).objectStore(table)
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
        texts.push(`${name}/${table}`, ...keys.map(readable), ...values.map(readable))
      }
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text())
    }
    return texts
  })
