import { type Context, commit, keepOf, mayUse, type Versioned } from '#core/context'
import { newId } from '#kernel/id'
import { enroll } from './enroll.ts'
import type { CreateCustomer } from './input.ts'
import { insertAccount } from './insert.ts'
import { inviteToVerify } from './invite.ts'
import { type Customer, type FoundCustomer, foundDocument, toFoundCustomer } from './view.ts'

/**
 * The account of an e-mail address, made when there is none; what exists is never changed. However many ask at once, one is
 * made and all get it. Refuses `external_id_taken`, `invalid_input` for a weak password.
 */
export async function findOrCreateCustomer(
  ctx: Context,
  input: CreateCustomer,
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  mayUse(ctx, 'customer:write')
  const id = newId('customer', ctx.now)
  const enrolled = await enroll<FoundCustomer>(ctx, id, input)
  if ('kept' in enrolled) return toFoundCustomer(enrolled.kept)
  const { credential } = enrolled
  const account = insertAccount(ctx, input, {
    id,
    credential,
    standing: 'unverified',
    taken: null,
    documented: true,
  })
  const { answer } = await commit(ctx, {
    answer: keepOf<FoundCustomer>(account, foundDocument, id),
    ...(credential === null ? {} : { mail: inviteToVerify(ctx, id) }),
  })
  return toFoundCustomer(answer)
}
