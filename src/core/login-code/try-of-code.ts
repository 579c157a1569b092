import type { Context } from '#core/context'
import {
  accountKeyedHash,
  type FailureCounter,
  failureCounterDefaults,
  failureCounterRules,
  failureCountersOfPlace,
  type LoginHandle,
  type ProofTry,
  readDeviceToken,
} from '#core/identity'
import { MAX_WRONG_CODES_OF_ADDRESS, MAX_WRONG_CODES_OF_TENANT } from './code-bounds.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** The keys of the counts of wrong codes, which hold back nobody: of an address, and of the shop. */
export const wrongCodeKeys = ({ keyring }: Context, emailKey: string) => ({
  address: keyring.mac('address', `codes ${emailKey}`),
  tenant: keyring.mac('address', 'codes'),
})

/** The key of the count of tries of a handle, over all its codes. */
export const handleTriesKey = ({ keyring }: Context, handle: string) =>
  keyring.mac('address', `handle ${handle}`)

/** Counts that block nobody. Beyond them, mails have links instead of codes. */
function wrongCounts(ctx: Context, emailKey: string): readonly FailureCounter[] {
  const keys = wrongCodeKeys(ctx, emailKey)
  const alarm = 'wrong_codes_of_tenant'
  return [
    {
      ...failureCounterDefaults,
      rule: 'alarm',
      key: keys.address,
      free: MAX_WRONG_CODES_OF_ADDRESS,
      seconds: DAY,
    },
    {
      ...failureCounterDefaults,
      rule: 'alarm',
      key: keys.tenant,
      free: MAX_WRONG_CODES_OF_TENANT,
      seconds: HOUR,
      alarm,
    },
  ]
}

/**
 * One try of a code. A handle has five tries; a successful login resets them. A place with many failures must wait. An account has no such limit, so strangers cannot lock its owner out. A device that has logged in before does not share the counts of its place.
 */
export function tryOfCode(ctx: Context, handle: LoginHandle, deviceToken?: string): ProofTry {
  const own: FailureCounter = {
    ...failureCounterDefaults,
    ...failureCounterRules.codes,
    key: handleTriesKey(ctx, handle.id),
    isForgiven: true,
  }
  const counts = [own, ...wrongCounts(ctx, handle.emailKey)]
  return {
    account: accountKeyedHash(ctx.keyring, handle.emailKey),
    counts: [...failureCountersOfPlace(ctx), ...counts],
    device: readDeviceToken(ctx, deviceToken),
    countsOfDevice: counts,
    limit: 'codes',
  }
}
