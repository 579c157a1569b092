import { purgeOlder, type System } from '#core/context'
import * as query from './generated/query.ts'

const FORGOTTEN_AFTER_MS = 30 * 86_400_000

/** Forgets deliveries that arrived or failed for good 30 days ago. True when there may be more. */
export const purgeDeliveries = (system: System): Promise<boolean> =>
  purgeOlder(system, query.purgeDeliveries, FORGOTTEN_AFTER_MS)

/** Forgets the deliveries of webhooks that were deleted. True when there may be more. */
export const purgeOrphans = (system: System): Promise<boolean> =>
  purgeOlder(system, query.purgeOrphans)
