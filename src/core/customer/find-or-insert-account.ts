import { type Context, commit, mustHaveScope, type Versioned } from '#core/context'
import { newEventValues } from '#core/outbox'
import { inputValues } from '#db/input-fields'
import { newId } from '#kernel/id'
import { emailAndNameKeys } from './email-and-name-keys.ts'
import { enqueueVerificationMailCall } from './enqueue-verification-mail.ts'
import { customerFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { CreateCustomer } from './input.ts'
import { setFirstPasswordIfGiven } from './set-first-password-if-given.ts'
import { type Customer, toCreatedCustomer } from './view.ts'

/** Finds or creates the account of an e-mail address. With `mustBeNew` it refuses an existing account. */
export async function findOrInsertAccount(
  ctx: Context,
  input: CreateCustomer,
  { mustBeNew }: { readonly mustBeNew: boolean },
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  mustHaveScope(ctx, 'customer:write')
  const id = newId('customer', ctx.now)
  const made = await setFirstPasswordIfGiven(ctx, id, input)
  if ('kept' in made) return toCreatedCustomer(query.findOrInsertCustomer.readKept(made.kept)[0])
  const { credential } = made
  const call = query.findOrInsertCustomer({
    // This id is made first, because its event comes before the new account's event.
    displacedEvent: newId('event', ctx.now),
    displacedJob: newId('job', ctx.now),
    serviceKeys: ctx.settings.metadata_service_keys,
    ...newEventValues(ctx),
    ...newAccountValues(input),
    id,
    passwordHash: credential,
    mustBeNew,
    currency: ctx.settings.currency,
  })
  const { answer } = await commit(ctx, {
    answer: call.asAnswer(id),
    ...(credential === null ? {} : { mail: enqueueVerificationMailCall(ctx, id) }),
  })
  return toCreatedCustomer(answer[0])
}

/** The stored values of a new account. */
export const newAccountValues = (input: CreateCustomer) => ({
  ...inputValues(customerFields, input),
  ...emailAndNameKeys(input),
  metadata: input.metadata ?? {},
})
