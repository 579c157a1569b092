import { sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { actorDocument } from '#core/outbox'
import type { Call } from '#db/statement'
import type { RefusalCode } from '#kernel/error'
import { newId } from '#kernel/id'
import { emailKey } from './email.ts'
import type { CreateCustomer } from './input.ts'
import { nameKey } from './name.ts'

/**
 * How sure it is that the address is theirs who have the password: not at all (a service made the account, or with `provisional`
 * a login from a storefront), or proven.
 */
export type Standing = 'unverified' | 'provisional' | 'claimed'

export type Making = {
  readonly id: string
  readonly credential: string | null
  readonly standing: Standing
  /** The refusal when an account holds the address; null: then none is made. */
  readonly taken: RefusalCode | null
  /** Whether `document` is wanted: that of the account that has the address then. */
  readonly documented: boolean
}

/**
 * An account and word of it, unless one holds the address; whoever is writing the same one is waited for. For a service, what only
 * a storefront's login made does not hold the address, and that is told. Gives `created` and `document`. Refuses
 * `external_id_taken`.
 */
export function insertAccount(
  ctx: Context,
  input: CreateCustomer,
  { id, credential, standing, taken, documented }: Making,
): Call {
  const { firstName = null, lastName = null } = input
  const account = {
    id,
    external_id: input.externalId,
    email: input.email,
    email_key: emailKey(input.email),
    first_name: firstName,
    last_name: lastName,
    first_name_key: nameKey(firstName),
    last_name_key: nameKey(lastName),
    phone: input.phone,
    locale: input.locale,
    status: standing === 'claimed' ? 'active' : 'unverified',
    provisional: standing === 'provisional',
    proven_at: standing === 'claimed' ? ctx.now : null,
    password_hash: credential,
    metadata: input.metadata ?? {},
  }
  const left = standing === 'unverified' ? newId('event', ctx.now) : null
  const leftJob = newId('job', ctx.now)
  const job = newId('job', ctx.now)
  return {
    sql: sql`create_account(${ctx.tenant}, ${JSON.stringify(account)}::jsonb, ${taken}, ${documented ? ctx.settings.currency : null},
      ${newId('event', ctx.now)}, ${job}, ${left}, ${leftJob}, ${actorDocument(ctx)}::jsonb, ${ctx.requestId},
      ${ctx.now.toISOString()}::timestamptz)`,
    jobs: [leftJob, job].map((one) => ({ tenant: ctx.tenant, id: one, kind: 'announce' })),
  }
}
