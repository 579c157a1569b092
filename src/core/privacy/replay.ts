import { type Context, commitQuietly, read } from '#core/context'
import { appending } from '#core/outbox'
import { newId } from '#kernel/id'
import { AT_ONCE, nameKeys } from './erase.ts'
import * as query from './generated/query.ts'
import { type ErasedPeople, hashOfErased } from './receipt.ts'

/** What an operator's command has: a tenant, its database and its keys. */
type Replaying = Pick<
  Context,
  'tenant' | 'actor' | 'now' | 'requestId' | 'keyring' | 'db' | 'outcome'
>

/** The customers of one look at all of them. */
const LOOK = 10_000

/** How many of the hashes are of customers that were erased now, that were erased before, and of nobody. */
type Replayed = {
  readonly erased: number
  readonly before: number
  readonly unknown: number
  /** Customers that are merged with one that the list does not name: they cannot be erased without it. */
  readonly merged: number
}

/**
 * Erases again what a restored backup has brought back, by a copy of the feed of erasures. It goes by ids: who came back later with the
 * same address is another customer, and stays.
 */
export async function replayErasures(
  ctx: Replaying,
  list: readonly Pick<ErasedPeople, 'hashes' | 'reason'>[],
): Promise<Replayed> {
  const reasons = new Map(
    list.flatMap(({ hashes, reason }) => hashes.map((hash) => [hash, reason])),
  )
  const found = await findErased(ctx, reasons)
  const counts = { erased: 0, before: 0, merged: 0 }
  const isNamed = (one: string) => reasons.has(hashOfErased(ctx, one))
  // The erasure of a survivor takes along who was merged into it.
  for (const { id, hash, status } of found.toSorted((a, b) => rank(a.status) - rank(b.status))) {
    if (status === 'erased') counts.before++
    else counts[await eraseAgain(ctx, id, reasons.get(hash) ?? 'other', isNamed)]++
  }
  return { ...counts, unknown: reasons.size - found.length }
}

const rank = (status: string): number => Number(status === 'merged')

type Found = { readonly id: string; readonly hash: string; readonly status: string }

/** The customers whose ids have one of the hashes. All are looked at, for a hash leads to no id. */
async function findErased(ctx: Replaying, wanted: ReadonlyMap<string, unknown>): Promise<Found[]> {
  const found: Found[] = []
  for (let after = ''; ; ) {
    const { rows } = await read(ctx, {
      rows: query.listIds({ tenant: ctx.tenant, after, limit: LOOK }),
    })
    for (const { id, status } of rows) {
      const hash = hashOfErased(ctx, id)
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
    names: query.findNames({ tenant, id }),
    family: query.findFamily({ tenant, id }),
  })
  const status = family.find((one) => one.id === id)?.status
  // It went with its survivor.
  if (status === 'erased') return 'erased'
  if (status === 'merged' || family.some((one) => one.status !== 'erased' && !isNamed(one.id)))
    return 'merged'
  await commitQuietly(ctx, {
    erased: query.eraseCustomer({
      ...appending(ctx),
      id,
      accepted: null,
      erasure: newId('erasure', now),
      reason,
      names: names.map(nameKeys),
      limit: AT_ONCE,
      rest: newId('job', now),
    }),
  })
  return 'erased'
}
