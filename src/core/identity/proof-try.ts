import * as z from 'zod'
import type { Context } from '#core/context'
import type { RowOf } from '#db/use-case'
import { lengthAtMost } from '#kernel/length'
import type { LimitName } from '#kernel/limit-name'
import { limitRefusal } from '#kernel/limit-refusal'
import { type KnownDevice, readDeviceToken } from './device-token.ts'
import {
  accountKeyedHash,
  type FailureCounter,
  failureCountersOfAccount,
  failureCountersOfDevice,
  openedPlaceKeyPrefix,
} from './failure-counter.ts'
import * as query from './generated/query.ts'
import type { reserveTry as ReserveTry } from './query/reserve-try.ts'

export const DeviceToken = z.string().check(lengthAtMost(1000)).optional().meta({
  description:
    'The device token of an earlier session of the account on this device. With it, attempts and mails of others do not count here. A wrong token changes nothing',
})

/** One try of a password or of a code. Tries are counted, whether there is an account or not. */
export type ProofTry = {
  /** The account as a keyed hash, for the log. */
  readonly account: string
  readonly counts: readonly FailureCounter[]
  readonly device: KnownDevice | null
  readonly countsOfDevice: readonly FailureCounter[]
  /** The limit that answers show; by default the limit of passwords. */
  readonly limit?: LimitName
}

/** A try that has been counted as failed. */
export type CountedTry = {
  readonly counts: readonly FailureCounter[]
  /** From a device that has logged in before. */
  readonly isFromDevice: boolean
}

/** The count that answers show: the account's count from this place or device. */
const nearIn = (counts: readonly FailureCounter[]) => counts.find(({ isForgiven }) => isForgiven)

/**
 * @param account the key of an account: an e-mail's key, a customer's id, a token.
 * @param deviceToken that the caller showed.
 */
export function tryOfAccount(ctx: Context, account: string, deviceToken?: string): ProofTry {
  const device = readDeviceToken(ctx, deviceToken)
  return {
    account: accountKeyedHash(ctx.keyring, account),
    counts: failureCountersOfAccount(ctx, account),
    device,
    countsOfDevice: device === null ? [] : failureCountersOfDevice(ctx, device.sessionId),
  }
}

/**
 * `tryOfAccount` for a proof that nobody can guess. It leaves out the count over all places. That count would not limit guesses here, and strangers could lock the owner out with it.
 * @param name unique among all proofs.
 */
export function tryOfUnguessableProof(ctx: Context, name: string): ProofTry {
  const asked = tryOfAccount(ctx, name)
  return { ...asked, counts: asked.counts.filter(({ rule }) => rule !== 'far') }
}

/**
 * Counts a try as failed before it is made, so that concurrent tries cannot outrun the count. {@link readCountedTryOrRefuse} reads its answer.
 * @param whose the account by its id or its address; neither: there is no account.
 */
export function reserveTryCall(
  ctx: Context,
  { account, counts, device, countsOfDevice }: ProofTry,
  { customerId = null, emailKey = null }: Whose = {},
) {
  ctx.outcome.tried ??= account
  return query.reserveTry({
    tenant: ctx.tenant,
    counts,
    countsOfDevice,
    device: device?.customerId ?? null,
    epoch: device?.epoch ?? 0,
    opened: openedPlaceKeyPrefix(ctx),
    customerId,
    emailKey,
    now: ctx.now.toISOString(),
  })
}

type Whose = { readonly customerId?: string | null; readonly emailKey?: string | null }

/** The try as it was counted, and as the answer tells of it. Refuses `too_many_attempts` if the next try has to wait. */
export function readCountedTryOrRefuse(
  { outcome }: Pick<Context, 'outcome'>,
  { counts, countsOfDevice, limit: own }: ProofTry,
  [reserved]: readonly RowOf<typeof ReserveTry>[],
): CountedTry {
  const { seconds = 0, remaining = null, isFromDevice = false } = reserved ?? {}
  const limit = own ?? (isFromDevice ? 'device' : 'tries')
  if (seconds > 0) throw limitRefusal(limit, seconds)
  outcome.left = remaining === null ? null : { limit, remaining, whenDone: remaining }
  return { counts: isFromDevice ? countsOfDevice : counts, isFromDevice }
}

/** @param forget true: the password was right, and the failures of this device or place at the account are deleted. False: only this try is taken off. */
export function releaseTryCall(
  { tenant, outcome }: Context,
  { counts }: CountedTry,
  { forget }: { readonly forget: boolean },
) {
  const near = nearIn(counts)
  const { left } = outcome
  if (near !== undefined && left !== null) {
    const whenDone = forget ? near.free : Math.min(near.free, left.remaining + 1)
    outcome.left = { ...left, whenDone }
  }
  return query.releaseTry({
    tenant,
    keys: counts.map(({ key }) => key),
    forgotten: forget ? counts.flatMap(({ key, isForgiven }) => (isForgiven ? key : [])) : [],
  })
}
