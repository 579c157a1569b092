import { sql } from 'drizzle-orm'
import { type Context, commit, keepOf, mayUse, type Versioned } from '#core/context'
import { newId } from '#kernel/id'
import { enroll } from './enroll.ts'
import type { CreateCustomer } from './input.ts'
import { insertAccount } from './insert.ts'
import { inviteToVerify } from './invite.ts'
import { type Customer, type CustomerDocument, toCustomer } from './view.ts'

/**
 * A registered customer, `unverified` until the owner of the address claims it; with a password, a mail asks for that. Refuses `email_taken`, `external_id_taken`,
 * `invalid_input` for a weak password.
 */
export async function createCustomer(
  ctx: Context,
  input: CreateCustomer,
): Promise<Versioned<Customer>> {
  mayUse(ctx, 'customer:write')
  const id = newId('customer', ctx.now)
  const enrolled = await enroll<CustomerDocument>(ctx, id, input)
  if ('kept' in enrolled) return toCustomer(enrolled.kept)
  const { credential } = enrolled
  const account = insertAccount(ctx, input, {
    id,
    credential,
    standing: 'unverified',
    taken: 'email_taken',
    documented: true,
  })
  const { answer } = await commit(ctx, {
    answer: keepOf<CustomerDocument>(account, sql`document`, id),
    ...(credential === null ? {} : { mail: inviteToVerify(ctx, id) }),
  })
  return toCustomer(answer)
}
