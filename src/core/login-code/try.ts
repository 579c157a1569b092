import type { Context } from '#core/context'
import {
  type Count,
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
 * One try of a code. A place that fails often waits; an account does not, so nobody keeps its owner out. A device that has logged in before
 * does not share the counts of its place.
 */
export function tryOfCode(ctx: Context, emailKey: string, deviceToken?: string): Try {
  const wrong = wrongCounts(ctx, emailKey)
  return {
    account: markOfAccount(ctx.keyring, emailKey),
    counts: [...placeCounts(ctx), ...wrong],
    device: readDeviceToken(ctx, deviceToken),
    countsOfDevice: wrong,
  }
}
