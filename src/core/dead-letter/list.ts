import { type Context, mayUse, read } from '#core/context'
import { type CountedPaging, countedIf, keysetOf, LAST, type Page, toKeysetPage } from '#core/page'
import * as query from './generated/query.ts'
import type { DeadLetter } from './view.ts'

/** The messages that the queue gave up on, newest first. Refuses `invalid_cursor`. */
export async function listDeadLetters(
  ctx: Context,
  paging: CountedPaging,
): Promise<Page<DeadLetter>> {
  mayUse(ctx, 'event:read')
  const list = ['dead_letter']
  const { tenant } = ctx
  const found = await read(ctx, {
    rows: query.listDeadLetters({ tenant, ...keysetOf(ctx, list, paging, LAST) }),
    ...countedIf(paging.count, (most) => query.countDeadLetters({ tenant, most })),
  })
  return toKeysetPage(ctx, list, found, paging, ({ id }) => id)
}
