import * as z from 'zod'
import type { ProvenIdentity } from '#core/identity'
import { ProviderTokensToSeal } from './sealed-provider-tokens.ts'

/** How long a proven identity waits for the proof of an address. */
const LIVES_MS = 30 * 60_000

/** A proven identity that is linked to no account yet. The page carries it sealed. */
export const UnlinkedIdentity = z.strictObject({
  provider: z.string(),
  identity: z.string(),
  email: z.string().nullable(),
  isEmailVerified: z.boolean(),
  account: z.strictObject({ name: z.string(), tokens: ProviderTokensToSeal }).nullable(),
  until: z.number(),
})
export type UnlinkedIdentity = ProvenIdentity & { readonly until: number }

export const toUnlinkedIdentity = (identity: ProvenIdentity, now: Date): UnlinkedIdentity => ({
  ...identity,
  until: now.getTime() + LIVES_MS,
})

export const isStillLinkable = ({ until }: UnlinkedIdentity, now: Date): boolean =>
  until >= now.getTime()
