import * as z from 'zod'

/** The answer for callers who must not learn whether an address is known. */
export const Accepted = z.strictObject({ status: z.literal('accepted') }).meta({ id: 'Accepted' })
export type Accepted = z.output<typeof Accepted>

export const acceptedAnswer: Accepted = { status: 'accepted' }
