import { type SQL, sql } from 'drizzle-orm'
import { type Context, commitUntold, mayUse, refuseWhen } from '#core/context'
import { lockCustomer } from '#core/customer'
import { postMail } from '#core/mail'
import type { RefusalCode } from '#kernel/error'
import { type Accepted, keepAccepted } from './accepted.ts'

/**
 * Staff has a customer mailed a link to set a new password; also how someone gets into an account that a service made. Refuses
 * `customer_not_found`, `customer_merged`, `customer_is_guest`, `customer_disabled`.
 */
export const sendPasswordReset = (ctx: Context, customerId: string): Promise<Accepted> =>
  mailTo(ctx, customerId, 'reset', {})

/**
 * Staff has a customer mailed the link to verify the address. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `email_already_verified`.
 */
export const sendVerification = (ctx: Context, customerId: string): Promise<Accepted> =>
  mailTo(ctx, customerId, 'verify', {
    unverified: refuseIf(
      ctx,
      customerId,
      sql`email_verified_at is not null`,
      'email_already_verified',
    ),
  })

async function mailTo(
  ctx: Context,
  customerId: string,
  mail: 'reset' | 'verify',
  conditions: Readonly<Record<string, ReturnType<typeof refuseWhen>>>,
): Promise<Accepted> {
  mayUse(ctx, 'customer:write')
  const { answer } = await commitUntold(ctx, {
    customer: lockCustomer(ctx, customerId),
    account: refuseIf(ctx, customerId, sql`status = 'guest'`, 'customer_is_guest'),
    enabled: refuseIf(ctx, customerId, sql`status = 'disabled'`, 'customer_disabled'),
    ...conditions,
    mail: postMail(ctx, {
      letter: sql`select ${mail}::text as template, email as recipient, locale, id as customer_id, email_key,
          ${mail}::text as purpose, id as subject, null::text as change_id
        from customer where tenant = ${ctx.tenant} and id = ${customerId}`,
    }),
    answer: keepAccepted(customerId),
  })
  return answer
}

const refuseIf = (ctx: Context, customerId: string, condition: SQL, code: RefusalCode) =>
  refuseWhen(
    sql`exists (select from customer where tenant = ${ctx.tenant} and id = ${customerId} and ${condition})`,
    code,
  )
