import {
  acceptedVersions,
  type Context,
  commit,
  commitWithoutKey,
  mustHaveScope,
  mustMatchShopper,
  readUnlessAnswered,
} from '#core/context'
import { emailAndNameKeys } from '#core/customer'
import {
  freshProofStatements,
  type ownerProofStatements,
  preparePasswordCheck,
} from '#core/identity'
import { newEventValues } from '#core/outbox'
import type { Kept } from '#db/use-case-call'
import { newId } from '#kernel/id'
import { toErasureOrRefuse } from './erasure-receipts.ts'
import type { Erasure } from './field-list.ts'
import * as query from './generated/query.ts'
import type { EraseCustomer } from './input.ts'

/** The most events that one commit empties. */
export const EVENTS_AT_ONCE = 1000

/**
 * Erases a customer for good, with all customers that were merged into it, and the guests of its address if that is verified and claimed.
 * Orders and sums of money stay and name nobody. Shoppers erase their own account with its password, or with a fresh proof. Before the commit, it reads all names that the customer has had. Their words leave the dictionary of misspelt names, and only TypeScript can fold them.
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
  if ('kept' in asked) return toErasureOrRefuse(query.eraseCustomer.readKept(asked.kept))
  const erasure = newId('erasure', ctx.now)
  const call = query.eraseCustomer({
    ...newEventValues(ctx),
    id,
    accepted: acceptedVersions(ctx),
    erasure,
    reason,
    names: asked.names.map(nameKeys),
    limit: EVENTS_AT_ONCE,
    rest: newId('job', ctx.now),
  })
  const { answer } = await commit(ctx, { ...asked.proof, answer: call.asAnswer(erasure) })
  return toErasureOrRefuse(answer)
}

type Asked = {
  readonly names: readonly Name[]
  /** The statements that belong at the head of the commit. */
  readonly proof?: Awaited<ReturnType<typeof ownerProofStatements>>
}

async function ask(ctx: Context, id: string): Promise<Asked | { readonly kept: Kept }> {
  mustHaveScope(ctx, 'customer:erase')
  const read = await readUnlessAnswered(ctx, {
    names: query.findNameHistory({ tenant: ctx.tenant, id }),
  })
  return 'kept' in read ? read : read.found
}

async function askOwner(ctx: Context, id: string, password: string | undefined): Promise<Asked> {
  mustMatchShopper(ctx, id)
  const found = query.findNameHistory({ tenant: ctx.tenant, id })
  if (password === undefined) {
    const { still } = freshProofStatements(ctx)
    return { ...(await commitWithoutKey(ctx, { still, names: found })), proof: { still } }
  }
  const asked = preparePasswordCheck(ctx, id)
  const { names, ...rows } = await commitWithoutKey(ctx, { ...asked.statements, names: found })
  return { names, proof: (await asked.prove(rows, password)).proof }
}

type Name = { readonly firstName: string | null; readonly lastName: string | null }

/** The keys of a name, whose words leave the dictionary. */
export const nameKeys = (name: Name) => {
  const { firstNameKey: first, lastNameKey: last } = emailAndNameKeys(name)
  return { first, last }
}
