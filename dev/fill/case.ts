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

type ListCase = {
  readonly filter: CustomerFilter
  readonly sort: CustomerSort
  readonly isDeep: boolean
}

/** One to three filters of a filled tenant, chosen for being nasty together, with any sort. */
export function randomCase(random: Draw): ListCase {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const filters: (() => CustomerFilter)[] = [
    () => ({
      group: [pick(['vip', 'newsletter', 'wholesale', 'staff', 'rare', 'g001', 'g050', 'nope'])],
    }),
    () => ({
      group: [pick(['vip', 'newsletter', 'wholesale']), pick(['g010', 'staff', 'wholesale'])],
      groupMode: pick(['any', 'all'] as const),
    }),
    () => ({ status: [pick(['active', 'guest', 'disabled', 'merged'] as const)] }),
    () => ({ status: [pick(['guest', 'active'] as const), pick(['disabled', 'merged'] as const)] }),
    () => ({ groupNot: [pick(['vip', 'newsletter', 'rare', 'nope'])] }),
    () => ({ hasOrders: pick([true, false]) }),
    () => ({ emailVerified: pick([true, false]) }),
    () => ({ country: pick(['DE', 'AT', 'JP', 'IS']) }),
    () => ({ emailDomain: pick(['gmail.com', 'shop.test', 'nowhere.example']) }),
    () => ({ locale: pick(['en', 'de']) }),
    () => ({ city: pick(['ber', 'Bonn']) }),
    () => ({ street: pick(['hauptstr 7', 'hauptstr 21', 'ring']) }),
    () => ({ postalCode: pick(['101', '10115', '20']) }),
    () => ({ phone: pick(['0000', '4567', '+4930 1234568']) }),
    () => ({ minOrders: pick([1, 3, 20, 100]) }),
    () => ({ maxOrders: pick([0, 2]) }),
    () => ({ minSpent: pick([10000, 100000, 1000000]) }),
    () => ({ maxSpent: pick([0, 100, 3000]) }),
    () => ({ createdAfter: pick(['2026-11-01', '2026-01-01', '2024-01-01']) }),
    () => ({ createdBefore: pick(['2022-12-01', '2024-01-01']) }),
    () => ({ updatedAfter: pick(['2026-11-20', '2026-01-01']) }),
    () => ({ lastOrderAfter: pick(['2026-11-20', '2026-01-01']) }),
    () => ({ lastOrderBefore: pick(['2023-02-01', '2025-01-01']) }),
    () => ({
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
  let filter: CustomerFilter = {}
  const count = 1 + Math.floor(random() * 3)
  for (let i = 0; i < count; i++) filter = { ...filter, ...pick(filters)() }
  return {
    filter,
    sort: `${pick(fields)}:${pick(['asc', 'desc'] as const)}`,
    isDeep: random() < 0.3,
  }
}
