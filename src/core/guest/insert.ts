import { sql } from 'drizzle-orm'
import { addressRecord } from '#core/address'
import type { Context } from '#core/context'
import { emailKey, nameKey } from '#core/customer'
import { actorDocument } from '#core/outbox'
import type { Call } from '#db/statement'
import { newId } from '#kernel/id'
import type { CreateGuest } from './input.ts'

/**
 * A guest with a first address, and word of it, unless the e-mail address has one. A unique index decides, after waiting for whoever
 * is writing the same one. When the guest is due to become part of the address's account, and the store wants that, a job will do
 * it at once. Gives `created` and `document`.
 */
export function insertGuest(
  ctx: Context,
  { id, unproven }: { readonly id: string; readonly unproven: boolean },
  { email, firstName = null, lastName = null, phone, locale, address }: CreateGuest,
): Call {
  const guest = {
    id,
    email,
    email_key: emailKey(email),
    first_name: firstName,
    last_name: lastName,
    first_name_key: nameKey(firstName),
    last_name_key: nameKey(lastName),
    phone,
    locale,
    unproven,
  }
  const first = address && addressRecord(newId('address', ctx.now), address, unproven)
  const job = newId('job', ctx.now)
  const merge = ctx.settings.auto_merge_guest ? newId('merge', ctx.now) : null
  const mergeJob = newId('job', ctx.now)
  return {
    sql: sql`create_guest(${ctx.tenant}, ${JSON.stringify(guest)}::jsonb, ${first ?? null}::jsonb, ${ctx.settings.currency},
      ${newId('event', ctx.now)}, ${job}, ${merge}, ${mergeJob}, ${actorDocument(ctx)}::jsonb, ${ctx.requestId},
      ${ctx.now.toISOString()}::timestamptz)`,
    jobs: [
      { tenant: ctx.tenant, id: job, kind: 'announce' },
      { tenant: ctx.tenant, id: mergeJob, kind: 'merge' },
    ],
  }
}
