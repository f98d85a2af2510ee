// One post of every kind, and what may become of it.
import type { Author, Kind, Point, Post, Severity, Topic } from '../api/types'

const now = Date.now()
const minute = 60_000
const ago = (minutes: number): string => new Date(now - minutes * minute).toISOString()

const karim: Author = { kind: 'person', name: 'Karim Benali', member: 'karim' }
const nadia: Author = { kind: 'person', name: 'Nadia Haddad', member: 'nadia' }
const filler: Author = { kind: 'machine', name: 'Remplisseuse 2' }
const erp: Author = { kind: 'erp', name: 'ERP' }

const weights: Point[] = Array.from({ length: 60 }, (_, i) => [now - (60 - i) * 30_000, 499.1 - Math.max(0, i - 40) * 0.15 + Math.sin(i) * 0.3])

type Sample = Partial<Post> & { title: string; topic: Topic; severity: Severity; author: Author }

const samples: Record<Kind, Sample> = {
  alert: {
    title: 'Poids trop faible : 496,2 g pour 498,0 g', topic: 'quality', severity: 'critical', author: filler, asset_name: 'Remplisseuse 2',
    value: 496.2, unit: 'g', limit: 498, series: weights, occurrences: 7, comments: 3,
    past: { post: 'p', cause: 'Buse 4 resserrée', at: ago(13_000), minutes: 6, by: 'Nadia' },
    last_comment: { id: 'c', author: karim, text: 'Je vois la buse 4 qui goutte.', at: ago(2) },
  },
  flood: { title: 'Ligne 3 : 12 alertes en 10 min', topic: 'stop', severity: 'major', author: filler, total: 12, holding: 5 },
  'stock-out': { title: 'Gaufrettes vanille 150 g : rupture', topic: 'stock', severity: 'major', author: erp, sku: '3017620422003', value: 0, me_too: 3 },
  'phantom-stock': { title: 'Muesli croustillant 500 g : rayon vide, stock ERP 14', topic: 'stock', severity: 'major', author: erp, sku: '3229820129488', value: 14 },
  'selling-well': { title: 'Limonade 50 cl : 3 fois les ventes d’un samedi', topic: 'sales', severity: 'info', author: erp, sku: '3124480191182' },
  production: {
    title: 'OF-4120 · Limonade 50 cl', topic: 'speed', severity: 'info', author: filler,
    run: { order: 'OF-4120', product: 'Limonade 50 cl', count: 4530, target: 8800, scrap: 41, pace: 182, ideal: 210, lost: 587, stops: [], stopped: false, started_at: ago(90), expected_end: ago(-70) },
  },
  'good-news': { title: 'Équipe du matin : 0 rebut sur 1 240 pièces', topic: 'quality', severity: 'info', author: filler },
  handover: { title: 'Relève : matin → après-midi', topic: 'other', severity: 'info', author: filler },
  'quality-point': { title: 'Bouchons de travers en sortie, un sur cent environ.', topic: 'quality', severity: 'minor', author: karim },
  'speed-point': { title: 'Micro-arrêts à l’entrée du palettiseur', topic: 'speed', severity: 'minor', author: karim },
  'stop-point': { title: 'Étiqueteuse à l’arrêt, bourrage', topic: 'stop', severity: 'major', author: karim },
  shortage: { title: 'Plus de film à la fardeleuse dans 10 min', topic: 'material', severity: 'major', author: karim },
  'safety-point': { title: 'Sol glissant devant la souffleuse', topic: 'safety', severity: 'critical', author: karim },
  'price-point': { title: 'Étiquette à 2,10 €, caisse à 2,35 €', topic: 'price', severity: 'minor', author: nadia },
  'other-point': { title: 'Un carton ouvert en réserve', topic: 'other', severity: 'minor', author: nadia },
  idea: { title: 'Un miroir au bout du convoyeur pour voir la sortie', topic: 'idea', severity: 'info', author: karim },
  question: { title: 'Qui sait régler la fardeleuse sur le nouveau format ?', topic: 'life', severity: 'info', author: karim, comments: 2 },
  announcement: { title: 'Inventaire samedi : le magasin ouvre à 10 h', topic: 'life', severity: 'info', author: nadia },
  'must-read': { title: 'Gants anticoupure obligatoires à la palettisation', topic: 'safety', severity: 'minor', author: nadia, talk: { readers: 4 } },
  'help-wanted': { title: 'Un coup de main pour le changement de format à 14 h', topic: 'life', severity: 'minor', author: karim },
  note: { title: 'Compte rendu de l’essai au froid : trois réglages à garder', topic: 'life', severity: 'info', author: nadia },
  practice: { title: 'Buse qui goutte : resserrer d’un quart de tour, à froid', topic: 'quality', severity: 'info', author: nadia },
}

const aPost = (kind: Kind, change: Partial<Post>): Post => ({
  id: `${kind}-${JSON.stringify(change).length}`,
  kind,
  state: 'new',
  territory: 'lyon/bottling/line-3',
  territory_name: 'Ligne 3',
  active: true,
  stale: false,
  back_to_normal: false,
  occurrences: 1,
  me_too: 0,
  comments: 0,
  reactions: { useful: 0, like: 0, recommend: 0 },
  opened_at: ago(6),
  since: ago(6),
  updated_at: ago(0),
  bumped_at: ago(1),
  change: 1,
  ...samples[kind],
  ...change,
})

/** What may become of a post, in the words of the product. */
export const lives: Record<string, Partial<Post>> = {
  Nouveau: {},
  Pris: { state: 'taken', taker: karim, taken_at: ago(2) },
  'Sur place': { state: 'onsite', taker: karim, taken_at: ago(4) },
  'Résolu, dure encore': { state: 'resolved', cause: 'Réglage fait', closed_at: ago(1) },
  Clos: { state: 'closed', active: false, cause: 'Buse changée', action: 'Serrage', closed_at: ago(1) },
  'Revenu à la normale': { state: 'closed', active: false, back_to_normal: true, closed_at: ago(1) },
  'À confirmer': { latched: true, active: false },
  'Donnée périmée': { stale: true },
  Instable: { unstable: true, flips: 9 },
  'En veille': { shelf: { until: ago(-60), once: false, by: nadia, reason: 'Essai en cours' } },
  'Hors service': { shelf: { once: false, by: nadia, reason: 'Capteur déposé' } },
  Demandé: { asked: 'lead', level: 1 },
  Bruit: { noise: 2 },
}

const short = ['Nouveau', 'Pris', 'Sur place', 'Clos']
const ofKind: Partial<Record<Kind, string[]>> = {
  alert: Object.keys(lives),
  production: ['Nouveau', 'Clos'],
  'good-news': ['Nouveau'],
  handover: ['Nouveau'],
  'selling-well': ['Nouveau', 'Clos'],
  idea: ['Nouveau', 'Clos'],
  question: ['Nouveau', 'Clos'],
  announcement: ['Nouveau'],
  'must-read': ['Nouveau'],
  'help-wanted': ['Nouveau', 'Pris', 'Clos'],
  note: ['Nouveau'],
  practice: ['Nouveau'],
}

export const kinds = Object.keys(samples) as Kind[]

/** Every state that a post of a kind comes to. */
export const livesOf = (kind: Kind): [name: string, post: Post][] =>
  (ofKind[kind] ?? short).map((name) => [name, aPost(kind, lives[name]!)])

/** An alert of each severity, for what differs by it. */
export const severities: Post[] = (['critical', 'major', 'minor', 'info'] as const).map((severity) => aPost('alert', { id: severity, severity }))
