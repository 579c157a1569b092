import { type SQL, sql } from 'drizzle-orm'
import { type Context, maybe } from '#core/context'
import { enqueueMerge } from '#core/merge'
import { emit } from '#core/outbox'

export type Claim = {
  readonly customerId: string
  /** Null: the one it has. */
  readonly passwordHash: string | null
  /** Without what others than the owner of the address may have written. */
  readonly drop: boolean
}

/**
 * The owner of an address takes an account over, in a commit whose head has spent the link that proves it: verified, claimed,
 * every session ended. Tells `customer.email_verified`, or of an address that was proven before what else a reader sees changed. The
 * guest of the address is merged after it.
 */
export function claimAccount(ctx: Context, { customerId, passwordHash, drop }: Claim) {
  return {
    claimed: maybe(
      sql`select claim_account(${ctx.tenant}, ${customerId}, ${passwordHash}, ${drop}::boolean, ${ctx.now.toISOString()}::timestamptz)`,
    ),
    verified: emit(ctx, {
      type: 'customer.email_verified',
      customerId,
      changed: 'stamped',
      when: sql`exists (select from customer where tenant = ${ctx.tenant} and id = ${customerId}
        and (changed_at ->> 'emailVerified')::int > version)`,
    }),
    told: emit(ctx, { type: 'customer.updated', customerId, changed: 'stamped' }),
    merge: enqueueMerge(ctx, emailKeyOf(ctx, customerId)),
  }
}

/** The address of a customer, as the commit has left it. */
export const emailKeyOf = (ctx: Context, customerId: string): SQL =>
  sql`(select email_key from customer where tenant = ${ctx.tenant} and id = ${customerId})`
