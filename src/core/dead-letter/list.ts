import { type Context, mustHaveScope, type Runner, readWithinPageLimits } from '#core/context'
import {
  AFTER_ALL_IDS,
  type CountedPaging,
  countIfAsked,
  type Page,
  readKeyset,
  toPage,
  toTotal,
  writeCursor,
} from '#core/page'
import * as query from './generated/query.ts'
import { OPERATOR_TENANT } from './store.ts'
import type { DeadLetter } from './view.ts'

const list = ['dead_letter']

/** The messages that the queue gave up on, newest first. Refuses `invalid_cursor`. */
export async function listDeadLetters(
  ctx: Context,
  paging: CountedPaging,
): Promise<Page<DeadLetter>> {
  mustHaveScope(ctx, 'event:read')
  const { tenant } = ctx
  const found = await readWithinPageLimits(ctx, {
    rows: query.listDeadLetters({ tenant, ...readKeyset(ctx, list, paging, AFTER_ALL_IDS) }),
    ...countIfAsked(paging.count, (most) => query.countDeadLetters({ tenant, most })),
  })
  const { data, isLast } = partOf(found.rows, paging.limit)
  const last = data.at(-1)
  const next = isLast || last === undefined ? null : writeCursor(ctx, list, last.id)
  return toPage(data, paging.limit, next, toTotal(paging.count, found.counted))
}

type Rows = readonly { readonly item: DeadLetter; readonly found: number }[]

/** The letters of a page. It ends early when they are large. */
function partOf(rows: Rows, limit: number) {
  const data = rows.slice(0, limit).map(({ item }) => item)
  return { data, isLast: data.length === (rows[0]?.found ?? 0) }
}

type Letters = { readonly letters: readonly DeadLetter[]; readonly isLast: boolean }

/** The letters of no configured tenant, for the operator. @param after the last id of the page before. */
export async function listDeadLettersOfOperator(
  runner: Runner,
  { after = AFTER_ALL_IDS, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Letters> {
  const { rows } = await readWithinPageLimits(runner, {
    rows: query.listDeadLetters({ tenant: OPERATOR_TENANT, after, limit: limit + 1 }),
  })
  const { data: letters, isLast } = partOf(rows, limit)
  return { letters, isLast }
}
