import * as z from 'zod'

/** What a caller learns who must not learn whether an address is known. */
export const Accepted = z.strictObject({ status: z.literal('accepted') }).meta({ id: 'Accepted' })
export type Accepted = z.output<typeof Accepted>

export const answer: Accepted = { status: 'accepted' }
