import type { Context } from '#core/context'
import {
  type Count,
  countRules,
  type LoginHandle,
  markOfAccount,
  placeCounts,
  readDeviceToken,
  type Try,
  usualCount,
} from '#core/identity'
import { WRONG_OF_ADDRESS, WRONG_OF_TENANT } from './bound.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** The keys of the counts of wrong codes, which hold back nobody: of an address, and of the shop. */
export const wrongKeys = ({ keyring }: Context, emailKey: string) => ({
  address: keyring.mac('address', `codes ${emailKey}`),
  tenant: keyring.mac('address', 'codes'),
})

/** The key of the count of tries of a handle, over all its codes. */
export const handleKey = ({ keyring }: Context, handle: string) =>
  keyring.mac('address', `handle ${handle}`)

/** The counts that only make mails carry links. */
function wrongCounts(ctx: Context, emailKey: string): readonly Count[] {
  const keys = wrongKeys(ctx, emailKey)
  const alarm = 'wrong_codes_of_tenant'
  return [
    { ...usualCount, rule: 'alarm', key: keys.address, free: WRONG_OF_ADDRESS, seconds: DAY },
    { ...usualCount, rule: 'alarm', key: keys.tenant, free: WRONG_OF_TENANT, seconds: HOUR, alarm },
  ]
}

/**
 * One try of a code. A handle has five, which a login gives back. A place that fails often waits; an account does not, so nobody keeps its
 * owner out. A device that has logged in before does not share the counts of its place.
 */
export function tryOfCode(ctx: Context, handle: LoginHandle, deviceToken?: string): Try {
  const own: Count = {
    ...usualCount,
    ...countRules.codes,
    key: handleKey(ctx, handle.id),
    isForgiven: true,
  }
  const counts = [own, ...wrongCounts(ctx, handle.emailKey)]
  return {
    account: markOfAccount(ctx.keyring, handle.emailKey),
    counts: [...placeCounts(ctx), ...counts],
    device: readDeviceToken(ctx, deviceToken),
    countsOfDevice: counts,
    limit: 'codes',
  }
}
