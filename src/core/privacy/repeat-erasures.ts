import { type Context, commitWithoutKey, read } from '#core/context'
import { newEventValues } from '#core/outbox'
import { newId } from '#kernel/id'
import { EVENTS_AT_ONCE, nameKeys } from './erase.ts'
import { type ErasedPeople, erasedCustomerHash } from './erasure-receipts.ts'
import * as query from './generated/query.ts'

/** The context of an operator's command: a tenant, its database and its keys. */
type Replaying = Pick<
  Context,
  'tenant' | 'actor' | 'now' | 'requestId' | 'keyring' | 'db' | 'outcome'
>

/** The number of customers that one read returns. */
const LOOK = 10_000

/** The number of hashes whose customer was erased now, was erased before, or does not exist. */
type Replayed = {
  readonly erased: number
  readonly before: number
  readonly unknown: number
  /** Customers that are merged with one that the list does not name: they cannot be erased without it. */
  readonly merged: number
}

/**
 * Repeats the erasures of a feed's copy in a restored backup. It compares ids, so a new customer with an erased customer's address stays.
 */
export async function repeatErasures(
  ctx: Replaying,
  list: readonly Pick<ErasedPeople, 'hashes' | 'reason'>[],
): Promise<Replayed> {
  const reasons = new Map(
    list.flatMap(({ hashes, reason }) => hashes.map((hash) => [hash, reason])),
  )
  const found = await findErased(ctx, reasons)
  const counts = { erased: 0, before: 0, merged: 0 }
  const isNamed = (one: string) => reasons.has(erasedCustomerHash(ctx, one))
  // The erasure of a survivor takes along who was merged into it.
  for (const { id, hash, status } of found.toSorted((a, b) => rank(a.status) - rank(b.status))) {
    if (status === 'erased') counts.before++
    else counts[await eraseAgain(ctx, id, reasons.get(hash) ?? 'other', isNamed)]++
  }
  return { ...counts, unknown: reasons.size - found.length }
}

const rank = (status: string): number => Number(status === 'merged')

type Found = { readonly id: string; readonly hash: string; readonly status: string }

/** The customers whose ids have one of the hashes. It reads all customers, because an id cannot be computed from a hash. */
async function findErased(ctx: Replaying, wanted: ReadonlyMap<string, unknown>): Promise<Found[]> {
  const found: Found[] = []
  for (let after = ''; ; ) {
    const { rows } = await read(ctx, {
      rows: query.listCustomerIdsAndStatuses({ tenant: ctx.tenant, after, limit: LOOK }),
    })
    for (const { id, status } of rows) {
      const hash = erasedCustomerHash(ctx, id)
      if (wanted.has(hash)) found.push({ id, hash, status })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < LOOK) return found
    after = last.id
  }
}

async function eraseAgain(
  ctx: Replaying,
  id: string,
  reason: ErasedPeople['reason'],
  isNamed: (id: string) => boolean,
): Promise<'erased' | 'merged'> {
  const { tenant, now } = ctx
  const { names, family } = await read(ctx, {
    names: query.findNameHistory({ tenant, id }),
    family: query.findCustomersErasedTogether({ tenant, id }),
  })
  const status = family.find((one) => one.id === id)?.status
  // It went with its survivor.
  if (status === 'erased') return 'erased'
  if (status === 'merged' || family.some((one) => one.status !== 'erased' && !isNamed(one.id)))
    return 'merged'
  await commitWithoutKey(ctx, {
    erased: query.eraseCustomer({
      ...newEventValues(ctx),
      id,
      accepted: null,
      erasure: newId('erasure', now),
      reason,
      names: names.map(nameKeys),
      limit: EVENTS_AT_ONCE,
      rest: newId('job', now),
    }),
  })
  return 'erased'
}
