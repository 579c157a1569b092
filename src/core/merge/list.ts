import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import { AFTER_ALL_IDS, countIfAsked, type Page, readKeyset, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import type { ListMerges } from './input.ts'
import type { Merge } from './view.ts'

/**
 * Merges, newest first. With `state=pending&count=exact` it counts those that are still due. Refuses `invalid_cursor`.
 */
export async function listMerges(ctx: Context, input: ListMerges): Promise<Page<Merge>> {
  mustHaveScope(ctx, 'customer:read')
  const { tenant } = ctx
  const { state, customer, count } = input
  const list = ['merge', state ?? null, customer ?? null]
  const found = await readWithinPageLimits(ctx, {
    rows: listed({ tenant, ...readKeyset(ctx, list, input, AFTER_ALL_IDS) }, input),
    ...countIfAsked(count, (most) => counted({ tenant, most }, input)),
  })
  return toKeysetPage(ctx, list, found, input, ({ id }) => id)
}

type Filter = Pick<ListMerges, 'state' | 'customer'>

function listed(page: Parameters<typeof query.listMerges>[0], { state, customer }: Filter) {
  if (customer === undefined) {
    return state === undefined
      ? query.listMerges(page)
      : query.listMergesOfState({ ...page, state })
  }
  return state === undefined
    ? query.listMergesOfCustomer({ ...page, customer })
    : query.listCustomerMergesOfState({ ...page, customer, state })
}

function counted(count: Parameters<typeof query.countMerges>[0], { state, customer }: Filter) {
  if (customer === undefined) {
    return state === undefined
      ? query.countMerges(count)
      : query.countMergesOfState({ ...count, state })
  }
  return state === undefined
    ? query.countMergesOfCustomer({ ...count, customer })
    : query.countCustomerMergesOfState({ ...count, customer, state })
}
