import type { SystemContext } from './context.ts'
import * as query from './generated/query.ts'
import { KEPT_FOR_DAYS } from './idempotency.ts'
import { purgeOlder } from './purge.ts'

/** Deletes answers that can no longer be replayed. True when there may be more. */
export const purgeIdempotencyKeys = (system: SystemContext): Promise<boolean> =>
  purgeOlder(system, query.purgeIdempotencyKeys, KEPT_FOR_DAYS)
