import type { System } from './context.ts'
import * as query from './generated/query.ts'
import { KEPT_FOR_MS } from './idempotency.ts'
import { purgeOlder } from './purge.ts'

/** Forgets answers that can no longer be asked for again. True when there may be more. */
export const purgeKeys = (system: System): Promise<boolean> =>
  purgeOlder(system, query.purgeKeys, KEPT_FOR_MS)
