import { purgeOldRows, type SystemContext } from '#core/context'
import * as query from './generated/query.ts'

const FORGOTTEN_AFTER_DAYS = 1

/** Purges deleted webhooks whose deliveries are gone. True when there may be more. */
export const purgeWebhooks = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeWebhooks, FORGOTTEN_AFTER_DAYS)
