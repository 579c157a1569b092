import { sql } from 'drizzle-orm'
import { type Context, commitUntold, guard, keep, mayUse } from '#core/context'
import { type Row, Statement } from '#db/statement'
import type { Delivery } from './view.ts'
import { wakeIn } from './wake.ts'

/** Sets a delivery out once more, on a schedule begun anew. Refuses `delivery_not_found`, `webhook_disabled`. */
export async function retryDelivery(ctx: Context, id: string): Promise<Delivery> {
  mayUse(ctx, 'webhook:write')
  const { answer } = await commitUntold(ctx, {
    delivery: guard(sql`expect_delivery(${ctx.tenant}, ${id})`),
    due: new Statement<void, 'write'>(
      sql`update delivery
        set status = 'pending', step = 0, settled_at = null, next_attempt_at = ${ctx.now.toISOString()}::timestamptz
        where tenant = ${ctx.tenant} and id = ${id} returning webhook_id as endpoint`,
      () => undefined,
      (rows: readonly Row[]) => rows.flatMap(({ endpoint }) => wakeIn(ctx, String(endpoint), 0)),
    ),
    answer: keep<Delivery>(
      sql`select delivery_document(it) from delivery it where tenant = ${ctx.tenant} and id = ${id}`,
    ),
  })
  return answer
}
