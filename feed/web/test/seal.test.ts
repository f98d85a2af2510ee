import { expect, test } from 'vitest'
import { Seal } from '../src/seal/seal'

const key = (fill: number): string => btoa(String.fromCharCode(...new Uint8Array(32).fill(fill)))
const karim = (): Promise<Seal> => Seal.from({ id: 'k1', key: key(1) })
const nadia = (): Promise<Seal> => Seal.from({ id: 'n1', key: key(2) })

test('what a seal closed it opens, accents and photos of text included', async () => {
  const said = { text: 'Courroie détendue, 12 min ⚙', photos: ['AAECAw=='] }
  const seal = await karim()
  const sealed = await seal.close(said)
  expect(sealed.seal).toBe('k1')
  expect(await seal.open(sealed)).toEqual(said)
})

test('the same key, given again, opens what was closed before', async () => {
  const sealed = await (await karim()).close('plus tard')
  expect(await (await karim()).open(sealed)).toBe('plus tard')
})

test('another seal opens nothing', async () => {
  const sealed = await (await karim()).close('à moi')
  await expect((await nadia()).open(sealed)).rejects.toThrow()
})

test('what was changed since does not open', async () => {
  const seal = await karim()
  const sealed = await seal.close('à moi')
  new Uint8Array(sealed.data)[0]! ^= 1
  await expect(seal.open(sealed)).rejects.toThrow()
})

test('what is closed shows nothing of its words, and never looks the same twice', async () => {
  const seal = await karim()
  const [one, two] = [await seal.close('courroie'), await seal.close('courroie')]
  expect(new TextDecoder('latin1').decode(one.data)).not.toContain('courroie')
  expect(one.iv).not.toEqual(two.iv)
  expect(new Uint8Array(one.data)).not.toEqual(new Uint8Array(two.data))
})

test('a record has one name for its owner, another for everybody else', async () => {
  const [mine, again, other] = [await karim(), await karim(), await nadia()]
  expect(await mine.nameOf('comment/1')).toBe(await again.nameOf('comment/1'))
  expect(await mine.nameOf('comment/1')).not.toBe(await mine.nameOf('comment/2'))
  expect(await mine.nameOf('comment/1')).not.toBe(await other.nameOf('comment/1'))
})
