import { sql } from 'drizzle-orm'
import { type Context, mayUse } from '#core/context'
import { type Page, type Paging, pageById } from '#core/page'
import type { DeadLetter } from './view.ts'

/** What the queue gave up on, the newest first. Refuses `invalid_cursor`. */
export async function listDeadLetters(ctx: Context, paging: Paging): Promise<Page<DeadLetter>> {
  mayUse(ctx, 'event:read')
  return pageById(
    ctx,
    ['dead_letter'],
    paging,
    sql`select d.id, dead_letter_document(d) as document from dead_letter d where d.tenant = ${ctx.tenant}`,
  )
}
