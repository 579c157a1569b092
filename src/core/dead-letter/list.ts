import { type Context, mayUse, read } from '#core/context'
import { type CountedPaging, keysetOf, LAST, type Page, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import type { DeadLetter } from './view.ts'

/** What the queue gave up on, the newest first. Refuses `invalid_cursor`. */
export async function listDeadLetters(
  ctx: Context,
  paging: CountedPaging,
): Promise<Page<DeadLetter>> {
  mayUse(ctx, 'event:read')
  const list = ['dead_letter']
  const keyset = keysetOf(ctx, list, paging, LAST)
  const { rows } = await read(ctx, {
    rows: query.listDeadLetters({ tenant: ctx.tenant, ...keyset }),
  })
  return toKeysetPage(ctx, list, rows, paging, ({ id }) => id)
}
