import { type Context, commit, mayUse, type Versioned } from '#core/context'
import { appending } from '#core/outbox'
import { valuesOf } from '#db/input'
import { newId } from '#kernel/id'
import { askForProof } from './ask-for-proof.ts'
import { customerFields } from './field.ts'
import * as query from './generated/query.ts'
import type { CreateCustomer } from './input.ts'
import { keysOf } from './keys.ts'
import { makeCredential } from './make-credential.ts'
import { type Customer, toCreated } from './view.ts'

/** Finds or creates the account of an e-mail address. With `mustBeNew` it refuses an existing account. */
export async function insertCustomer(
  ctx: Context,
  input: CreateCustomer,
  { mustBeNew }: { readonly mustBeNew: boolean },
): Promise<Versioned<Customer> & { readonly created: boolean }> {
  mayUse(ctx, 'customer:write')
  const id = newId('customer', ctx.now)
  const made = await makeCredential(ctx, id, input)
  if ('kept' in made) return toCreated(query.createCustomer.readKept(made.kept)[0])
  const { credential } = made
  const call = query.createCustomer({
    // This id is made first, because its event comes before the new account's event.
    displacedEvent: newId('event', ctx.now),
    displacedJob: newId('job', ctx.now),
    serviceKeys: ctx.settings.metadata_service_keys,
    ...appending(ctx),
    ...accountOf(input),
    id,
    passwordHash: credential,
    mustBeNew,
    currency: ctx.settings.currency,
  })
  const { answer } = await commit(ctx, {
    answer: call.asAnswer(id),
    ...(credential === null ? {} : { mail: askForProof(ctx, id) }),
  })
  return toCreated(answer[0])
}

/** The stored values of a new account. */
export const accountOf = (input: CreateCustomer) => ({
  ...valuesOf(customerFields, input),
  ...keysOf(input),
  metadata: input.metadata ?? {},
})
