import { expect, it } from 'vitest'
import { sourceDetail } from '../src/direct/source'
import { fr } from '../src/i18n/fr'

it.each([
  ['tcp://broker:1883: connected, 1 subscription granted', 'tcp://broker:1883: connecté, abonnements accordés : 1'],
  ['opc.tcp://plc:4840 (None): 4 nodes in 2 subscriptions', 'opc.tcp://plc:4840 (None): nœuds suivis : 4, abonnements : 2'],
  ['erp: 12 files imported', 'erp: fichiers importés : 12'],
  ['something new', 'something new'],
])('a source that says %s is told in French as far as it is known', (said, told) => {
  expect(sourceDetail(said, fr)).toBe(told)
})
