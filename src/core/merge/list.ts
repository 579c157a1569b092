import { type Context, mayUse, read } from '#core/context'
import { keysetOf, LAST, type Page, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import type { ListMerges } from './input.ts'
import type { Merge } from './view.ts'

/**
 * Merges, newest first; with `state=pending&count=exact` it tells how many are still due. Refuses `invalid_cursor`.
 */
export async function listMerges(ctx: Context, input: ListMerges): Promise<Page<Merge>> {
  mayUse(ctx, 'customer:read')
  const { state, customer } = input
  const list = ['merge', state ?? null, customer ?? null]
  const page = { tenant: ctx.tenant, ...keysetOf(ctx, list, input, LAST) }
  const { rows } = await read(ctx, { rows: filtered(page, input) })
  return toKeysetPage(ctx, list, rows, input, ({ id }) => id)
}

function filtered(
  page: Parameters<typeof query.listMerges>[0],
  { state, customer }: Pick<ListMerges, 'state' | 'customer'>,
) {
  if (customer === undefined) {
    return state === undefined
      ? query.listMerges(page)
      : query.listMergesOfState({ ...page, state })
  }
  return state === undefined
    ? query.listMergesOfCustomer({ ...page, customer })
    : query.listMergesOfBoth({ ...page, customer, state })
}
