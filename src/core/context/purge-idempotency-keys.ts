import type { SystemContext } from './context.ts'
import * as query from './generated/query.ts'
import { IDEMPOTENCY_KEY_DAYS } from './idempotency.ts'
import { purgeOldRows } from './purge-old-rows.ts'

/** Deletes answers that can no longer be replayed. True when there may be more. */
export const purgeIdempotencyKeys = (system: SystemContext): Promise<boolean> =>
  purgeOldRows(system, query.purgeIdempotencyKeys, IDEMPOTENCY_KEY_DAYS)
