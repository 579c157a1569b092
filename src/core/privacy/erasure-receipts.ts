import * as z from 'zod'
import {
  type Context,
  mustHaveScope,
  read,
  readWithinPageLimits,
  type Versioned,
} from '#core/context'
import { type Page, type Paging, readCursor, signCursor, toPage } from '#core/page'
import { Refusal } from '#kernel/error'
import { type Erasure, ErasureReason } from './field-list.ts'
import * as query from './generated/query.ts'

/** The receipt among the rows of an answer. Refuses `customer_not_found` without one. */
export function toErasureOrRefuse([row]: readonly { readonly erasure: Erasure }[]): Erasure {
  if (row === undefined) throw new Refusal('customer_not_found')
  return row.erasure
}

/**
 * The receipt of an erasure, by the id of a customer that was erased. Refuses `customer_not_found` for any other.
 */
export async function findErasure(ctx: Context, id: string): Promise<Versioned<Erasure>> {
  mustHaveScope(ctx, 'customer:erase')
  const { rows } = await read(ctx, { rows: query.findErasure({ tenant: ctx.tenant, id }) })
  return { value: toErasureOrRefuse(rows), version: rows[0]?.version ?? 0 }
}

/** An erasure in the form in which callers keep it outside the database. It has hashes instead of ids, and only this service can match them. */
export const ErasedPeople = z
  .strictObject({
    hashes: z.array(z.string()).meta({
      description:
        'The ids of the customers, each as HMAC-SHA-256 under a key of this service, base64url',
    }),
    reason: ErasureReason,
    erasedAt: z.iso.datetime(),
  })
  .meta({ id: 'ErasedPeople' })
export type ErasedPeople = z.output<typeof ErasedPeople>

/** The hash of a customer's id in the feed of erasures. */
export const erasedCustomerHash = (
  { keyring, tenant }: Pick<Context, 'keyring' | 'tenant'>,
  id: string,
): string => keyring.mac('erasure', JSON.stringify([tenant, id]))

const LIST = ['erasure']

/**
 * The feed of erasures, oldest first. Keep a copy outside the database, to repeat the erasures in a restored backup. It ends before the place where a running transaction may still add one. Refuses `invalid_cursor`.
 */
export async function listErasures(
  ctx: Context,
  { limit, cursor }: Paging,
): Promise<Page<ErasedPeople>> {
  mustHaveScope(ctx, 'customer:erase')
  const after = cursor === undefined ? 0 : readCursor<number>(ctx, LIST, cursor)
  const { rows } = await readWithinPageLimits(ctx, {
    rows: query.listErasures({ tenant: ctx.tenant, after, limit: limit + 1 }),
  })
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? signCursor(ctx, LIST, page.at(-1)?.place) : null
  const data = page.map(({ customerIds, reason, createdAt }) => ({
    hashes: customerIds.map((id) => erasedCustomerHash(ctx, id)),
    reason,
    erasedAt: createdAt,
  }))
  return toPage(data, limit, next, null)
}
