import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { keep } from '#core/context'

/** What a caller learns who must not learn whether an address is known. */
export const Accepted = z.strictObject({ status: z.literal('accepted') }).meta({ id: 'Accepted' })
export type Accepted = z.output<typeof Accepted>

export const accepted: Accepted = { status: 'accepted' }

/** The same as the answer of a commit under an idempotency key. */
export const keepAccepted = (customerId: string | null = null) =>
  keep<Accepted>(sql`${JSON.stringify(accepted)}::json`, customerId)
