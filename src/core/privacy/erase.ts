import {
  type Context,
  commit,
  commitQuietly,
  mayActFor,
  mayUse,
  readUnlessKept,
  versionsOf,
} from '#core/context'
import { keysOf } from '#core/customer'
import { type ownerProof, passwordTry, proveFreshSession } from '#core/identity'
import { appending } from '#core/outbox'
import type { Kept } from '#db/handle'
import { newId } from '#kernel/id'
import type { Erasure } from './field.ts'
import * as query from './generated/query.ts'
import type { EraseCustomer } from './input.ts'
import { receiptIn } from './receipt.ts'

/** The most events that one commit empties. */
export const AT_ONCE = 1000

/**
 * Erases a customer for good, with all customers that were merged into it, and the guests of its address if that is verified and claimed.
 * Orders and sums of money stay and name nobody. Shoppers erase their own account with its password, or with a fresh proof. It reads the names that the customer
 * has had before the commit: their words leave the dictionary of misspelt names, and folding is TypeScript's.
 *
 * Refuses `customer_not_found`, `customer_merged`, `precondition_failed`, and for shoppers `invalid_credentials`, `too_many_attempts`,
 * `fresh_proof_required`.
 */
export async function eraseCustomer(
  ctx: Context,
  id: string,
  { reason = 'requested', currentPassword }: EraseCustomer,
): Promise<Erasure> {
  const asked =
    ctx.actor.type === 'shopper' ? await askOwner(ctx, id, currentPassword) : await ask(ctx, id)
  if ('kept' in asked) return receiptIn(query.eraseCustomer.readKept(asked.kept))
  const erasure = newId('erasure', ctx.now)
  const call = query.eraseCustomer({
    ...appending(ctx),
    id,
    accepted: versionsOf(ctx),
    erasure,
    reason,
    names: asked.names.map(nameKeys),
    limit: AT_ONCE,
    rest: newId('job', ctx.now),
  })
  const { answer } = await commit(ctx, { ...asked.proof, answer: call.asAnswer(erasure) })
  return receiptIn(answer)
}

type Asked = {
  readonly names: readonly Name[]
  /** The statements that belong at the head of the commit. */
  readonly proof?: Awaited<ReturnType<typeof ownerProof>>
}

async function ask(ctx: Context, id: string): Promise<Asked | { readonly kept: Kept }> {
  mayUse(ctx, 'customer:erase')
  const read = await readUnlessKept(ctx, { names: query.findNames({ tenant: ctx.tenant, id }) })
  return 'kept' in read ? read : read.found
}

async function askOwner(ctx: Context, id: string, password: string | undefined): Promise<Asked> {
  mayActFor(ctx, id)
  const found = query.findNames({ tenant: ctx.tenant, id })
  if (password === undefined) {
    const { still } = proveFreshSession(ctx)
    return { ...(await commitQuietly(ctx, { still, names: found })), proof: { still } }
  }
  const asked = passwordTry(ctx, id)
  const { names, ...rows } = await commitQuietly(ctx, { ...asked.statements, names: found })
  return { names, proof: (await asked.prove(rows, password)).proof }
}

type Name = { readonly firstName: string | null; readonly lastName: string | null }

/** The keys of a name, whose words leave the dictionary. */
export const nameKeys = (name: Name) => {
  const { firstNameKey: first, lastNameKey: last } = keysOf(name)
  return { first, last }
}
