import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { type Emission, emit } from '#core/outbox'
import type { Announcement } from '#db/statement'

export type AddressNews = {
  readonly customerId: string
  readonly id: string | SQL
  /** `added`, `changed` or `removed`. */
  readonly action: string | SQL
} & Pick<Emission, 'when'>

/** Tells of a change of one address with what it is now, and which addresses are the defaults now. */
export const tellOfAddress = (
  ctx: Context,
  { customerId, id, action, ...emission }: AddressNews,
): Announcement =>
  emit(ctx, {
    type: 'customer.updated',
    customerId,
    changed: ['addresses'],
    data: sql`address_change(${ctx.tenant}, ${customerId}, ${id}, ${action})`,
    ...emission,
  })

/** Whether a row is as this very transaction has written it. */
export const writtenHere = (table: SQL): SQL => sql`${table}.xmin = pg_current_xact_id()::xid`
