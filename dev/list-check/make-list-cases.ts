import type { CustomerFilter } from '../../src/core/customer/filter.ts'
import type { CustomerSort } from '../../src/core/customer/sort.ts'

const fields = [
  'createdAt',
  'updatedAt',
  'totalSpent',
  'orderCount',
  'lastOrderAt',
  'firstName',
  'lastName',
  'email',
] as const

type Draw = () => number

type Pair = Omit<ListCase, 'isDeep'>

/** The most values that a filter is drawn from. */
const MOST_VALUES = 12

type ListCase = {
  readonly filter: CustomerFilter
  readonly sort: CustomerSort
  readonly isDeep: boolean
}

type Pick = <T>(list: readonly T[]) => T

/** The filters of a filled tenant, chosen for being nasty together. */
const filters: ((pick: Pick) => CustomerFilter)[] = [
  (pick) => ({
    group: [pick(['vip', 'newsletter', 'wholesale', 'staff', 'rare', 'g001', 'g050', 'nope'])],
  }),
  (pick) => ({
    group: [pick(['vip', 'newsletter', 'wholesale']), pick(['g010', 'staff', 'wholesale'])],
    groupMode: pick(['any', 'all'] as const),
  }),
  (pick) => ({ status: [pick(['active', 'guest', 'disabled', 'merged'] as const)] }),
  (pick) => ({
    status: [pick(['guest', 'active'] as const), pick(['disabled', 'merged'] as const)],
  }),
  (pick) => ({ groupNot: [pick(['vip', 'newsletter', 'rare', 'nope'])] }),
  (pick) => ({ hasOrders: pick([true, false]) }),
  (pick) => ({ emailVerified: pick([true, false]) }),
  (pick) => ({ country: pick(['DE', 'AT', 'JP', 'IS']) }),
  (pick) => ({ emailDomain: pick(['gmail.com', 'shop.test', 'nowhere.example']) }),
  (pick) => ({ locale: pick(['en', 'de']) }),
  (pick) => ({ city: pick(['ber', 'Bonn']) }),
  (pick) => ({ street: pick(['hauptstr 7', 'hauptstr 21', 'ring']) }),
  (pick) => ({ postalCode: pick(['101', '10115', '20']) }),
  (pick) => ({ phone: pick(['0000', '4567', '+4930 1234568']) }),
  (pick) => ({ metadata: { tier: pick(['platinum', 'gold', 'none']) } }),
  (pick) => ({ metadata: { source: pick(['web', 'pos']) } }),
  (pick) => ({ minOrders: pick([1, 3, 20, 100]) }),
  (pick) => ({ maxOrders: pick([0, 2]) }),
  (pick) => ({ minSpent: pick([10000, 100000, 1000000]) }),
  (pick) => ({ maxSpent: pick([0, 100, 3000]) }),
  (pick) => ({ createdAfter: pick(['2026-11-01', '2026-01-01', '2024-01-01']) }),
  (pick) => ({ createdBefore: pick(['2022-12-01', '2024-01-01']) }),
  (pick) => ({ updatedAfter: pick(['2026-11-20', '2026-01-01']) }),
  (pick) => ({ lastOrderAfter: pick(['2026-11-20', '2026-01-01']) }),
  (pick) => ({ lastOrderBefore: pick(['2023-02-01', '2025-01-01']) }),
  (pick) => ({
    q: pick([
      'mul',
      'an',
      'zzq',
      'wei',
      'felix wei',
      'ber',
      'gra',
      'zoe',
      'maria kat',
      'c.br',
      'felix 10115',
      '4567',
    ]),
  }),
]

const pickOf =
  (random: Draw): Pick =>
  <T>(list: readonly T[]) =>
    list[Math.floor(random() * list.length)] as T

function drawn(pick: Pick, count: number): CustomerFilter {
  let filter: CustomerFilter = {}
  for (let i = 0; i < count; i++) filter = { ...filter, ...pick(filters)(pick) }
  return filter
}

const drawSort = (pick: Pick): CustomerSort => `${pick(fields)}:${pick(['asc', 'desc'] as const)}`

/** One to three filters with any sort. */
export function randomCase(random: Draw): ListCase {
  const pick = pickOf(random)
  const filter = drawn(pick, 1 + Math.floor(random() * 3))
  return { filter, sort: drawSort(pick), isDeep: random() < 0.3 }
}

/** Two filters with any sort. */
export const randomTwoFilterCases = (random: Draw, count: number): Pair[] =>
  Array.from({ length: count }, () => ({
    filter: drawn(pickOf(random), 2),
    sort: drawSort(pickOf(random)),
  }))

/** Each value of each filter alone. */
export function singleFilterCases(): CustomerFilter[] {
  const all = filters.flatMap((make) =>
    Array.from({ length: MOST_VALUES }, (_, i) =>
      JSON.stringify(make((list) => list[i % list.length] as never)),
    ),
  )
  return [...new Set(all)].map((text) => JSON.parse(text) as CustomerFilter)
}

/** Pairs whose first row stands far from the beginning of the list, or that few meet. */
export const nastyFilterSortPairs: Pair[] = [
  [{ q: 'felix wei' }, 'email:desc'],
  [{ minOrders: 20 }, 'totalSpent:asc'],
  [{ minOrders: 5 }, 'totalSpent:asc'],
  [{ maxOrders: 0 }, 'totalSpent:desc'],
  [{ country: 'JP', maxOrders: 0 }, 'totalSpent:desc'],
  [{ status: ['guest'], lastOrderAfter: '2026-01-01' }, 'totalSpent:asc'],
  [{ group: ['vip'] }, 'totalSpent:asc'],
  [{ group: ['staff'], minOrders: 5 }, 'totalSpent:desc'],
  [{ group: ['rare'], hasOrders: true }, 'lastOrderAt:asc'],
  [{ group: ['vip'], maxOrders: 0 }, 'totalSpent:desc'],
  [{ group: ['vip'], maxOrders: 0 }, 'orderCount:desc'],
  [{ group: ['wholesale'], minOrders: 20 }, 'orderCount:asc'],
  [{ group: ['g001'], createdAfter: '2026-01-01' }, 'email:asc'],
  [{ group: ['vip'], country: 'IS' }, 'createdAt:desc'],
  [{ q: 'felix', country: 'JP' }, 'lastOrderAt:desc'],
  [{ q: 'mul', country: 'JP' }, 'createdAt:asc'],
  [{ q: 'zoe', group: ['vip'] }, 'totalSpent:desc'],
  [{ q: 'maria kat' }, 'lastOrderAt:desc'],
  [{ q: 'felix 10115' }, 'totalSpent:desc'],
  [{ q: '4567', group: ['newsletter'] }, 'createdAt:desc'],
  [{ status: ['disabled'], minSpent: 100000 }, 'totalSpent:asc'],
  [{ status: ['merged'] }, 'totalSpent:desc'],
  [{ status: ['guest'], emailVerified: true }, 'createdAt:desc'],
  [{ emailVerified: false, minOrders: 20 }, 'updatedAt:asc'],
  [{ lastOrderBefore: '2023-02-01', minOrders: 3 }, 'orderCount:desc'],
  [{ lastOrderBefore: '2023-02-01' }, 'totalSpent:desc'],
  [{ lastOrderAfter: '2026-11-20', maxSpent: 3000 }, 'totalSpent:desc'],
  [{ createdBefore: '2022-12-01' }, 'createdAt:desc'],
  [{ createdBefore: '2022-12-01' }, 'lastOrderAt:desc'],
  [{ createdAfter: '2026-11-01' }, 'totalSpent:desc'],
  [{ createdAfter: '2026-11-01', minOrders: 3 }, 'orderCount:asc'],
  [{ updatedAfter: '2026-11-20', group: ['vip'] }, 'createdAt:asc'],
  [{ hasOrders: false, group: ['wholesale'] }, 'lastOrderAt:desc'],
  [{ hasOrders: false, createdBefore: '2022-12-01' }, 'updatedAt:desc'],
  [{ country: 'IS' }, 'totalSpent:desc'],
  [{ country: 'IS', hasOrders: true }, 'lastOrderAt:asc'],
  [{ city: 'Bonn', minOrders: 20 }, 'totalSpent:asc'],
  [{ postalCode: '10115', status: ['guest'] }, 'totalSpent:desc'],
  [{ phone: '0000', minOrders: 1 }, 'totalSpent:desc'],
  [{ emailDomain: 'shop.test', maxOrders: 0 }, 'totalSpent:desc'],
].map(([filter, sort]) => ({ filter, sort }) as Pair)
