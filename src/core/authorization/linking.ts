import * as z from 'zod'
import type { ProvenIdentity } from '#core/identity'
import { Tokens } from './tokens.ts'

/** How long a proven identity waits for the proof of an address. */
const LIVES_MS = 30 * 60_000

/** A proven identity that is linked to no account yet. The page carries it sealed. */
export const Linking = z.strictObject({
  provider: z.string(),
  identity: z.string(),
  email: z.string().nullable(),
  isEmailVerified: z.boolean(),
  account: z.strictObject({ name: z.string(), tokens: Tokens }).nullable(),
  until: z.number(),
})
export type Linking = ProvenIdentity & { readonly until: number }

export const toLinking = (identity: ProvenIdentity, now: Date): Linking => ({
  ...identity,
  until: now.getTime() + LIVES_MS,
})

export const isLive = ({ until }: Linking, now: Date): boolean => until >= now.getTime()
