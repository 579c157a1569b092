import { sql } from 'drizzle-orm'
import { type Context, mayUse } from '#core/context'
import { type CountedPaging, type Page, readDocumentPage } from '#core/page'
import type { DeadLetter } from './view.ts'

/** What the queue gave up on, the newest first. Refuses `invalid_cursor`. */
export async function listDeadLetters(
  ctx: Context,
  paging: CountedPaging,
): Promise<Page<DeadLetter>> {
  mayUse(ctx, 'event:read')
  const letters = {
    rows: sql`from dead_letter it where it.tenant = ${ctx.tenant}`,
    item: sql`dead_letter_document(it)`,
    key: sql`it.id`,
    newestFirst: true,
  } as const
  return readDocumentPage(ctx, ['dead_letter'], letters, paging)
}
