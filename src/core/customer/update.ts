import { sql } from 'drizzle-orm'
import { type Context, commit, keepOf, mayActFor, type Versioned } from '#core/context'
import { telling } from '#core/outbox'
import type { Call } from '#db/statement'
import { Refusal } from '#kernel/error'
import { emailKey } from './email.ts'
import type { UpdateCustomer } from './input.ts'
import { METADATA_KEYS } from './metadata.ts'
import { nameKey } from './name.ts'
import { type Customer, type CustomerDocument, toCustomer } from './view.ts'

/**
 * Changes what is named and differs; the version rises only then. Metadata is merged (RFC 7396), null removes. A changed e-mail
 * address is unverified and unclaimed. Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, `email_taken`,
 * `external_id_taken`, `too_much_metadata`, and `caller_not_allowed` for a shopper who names what only staff may change.
 */
export async function updateCustomer(
  ctx: Context,
  id: string,
  input: UpdateCustomer,
): Promise<Versioned<Customer>> {
  mayActFor(ctx, id)
  if (ctx.actor.type === 'shopper' && (input.email ?? input.externalId) !== undefined) {
    throw new Refusal('caller_not_allowed')
  }
  const change = changeOf(ctx, id, input)
  const { answer } = await commit(ctx, {
    answer: keepOf<CustomerDocument>(change, sql`document`, id),
  })
  return toCustomer(answer)
}

function changeOf(ctx: Context, id: string, input: UpdateCustomer): Call {
  const { by, job } = telling(ctx)
  return {
    sql: sql`change_customer(${ctx.tenant}, ${id}, ${ctx.ifMatch}::int, ${JSON.stringify(columnsOf(input))}::jsonb,
      ${METADATA_KEYS}::int, ${ctx.settings.currency}, ${by})`,
    jobs: [job],
  }
}

/** What is named, as the columns of the database have it: JSON leaves out the others. */
const columnsOf = ({ email, externalId, firstName, lastName, ...same }: UpdateCustomer) => ({
  ...same,
  email,
  email_key: email === undefined ? undefined : emailKey(email),
  external_id: externalId,
  first_name: firstName,
  first_name_key: firstName === undefined ? undefined : nameKey(firstName),
  last_name: lastName,
  last_name_key: lastName === undefined ? undefined : nameKey(lastName),
})
