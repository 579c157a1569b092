import { sql } from 'drizzle-orm'
import type { System } from './context.ts'
import { KEPT_FOR_MS } from './idempotency.ts'
import { before, ofTenants, purge } from './purge.ts'

/** Forgets answers that can no longer be asked for again. True when there may be more. */
export const purgeKeys = (system: System): Promise<boolean> =>
  purge(
    system,
    'idempotency',
    sql`created_at < ${before(system.now, KEPT_FOR_MS)} and ${ofTenants(system)}`,
  )
