import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes deliveries that arrived or failed for good as many days ago as the setting says. True when there may be more. */
export const purgeDeliveries = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeDeliveries, (settings) => settings.delivery_retention_days)

/** Deletes the deliveries of deleted webhooks. True when there may be more. */
export const purgeOrphanedDeliveries = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeOrphanedDeliveries)
