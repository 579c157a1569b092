import type { Case } from './case.ts'

/** Filters of a filled tenant: how many customers each has differs a thousand times. */
const filters = {
  'no filter': '',
  'rare group': 'group=staff',
  'common group': 'group=newsletter',
  name: 'q=felix',
  'two names': 'q=felix wei',
  'rare metadata': 'metadata.tier=platinum',
  orders: 'minOrders=5',
  'group and orders': 'group=newsletter&minOrders=5',
  'two groups': 'group=vip&group=wholesale&groupMode=all',
  'name and country': 'q=felix&country=DE',
} as const

/** The newest twenty customers, with the number of all who match. */
export const listCountCases: readonly Case[] = (['exact', 'capped'] as const).flatMap((counting) =>
  Object.entries(filters).map(
    ([name, filter]): Case => ({
      name: `GET /customer [count=${counting}, ${name}]`,
      status: 200,
      next: () => ({ method: 'GET', path: encodeURI(`/customer?count=${counting}&${filter}`) }),
    }),
  ),
)
