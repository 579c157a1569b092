import { purgeBatch, type System } from '#core/context'
import * as query from './generated/query.ts'

const FORGOTTEN_AFTER_MS = 3 * 86_400_000

/** Forgets which tasks ran days ago. True when there may be more. */
export function purgeTicks(system: System): Promise<boolean> {
  const before = new Date(system.now.getTime() - FORGOTTEN_AFTER_MS).toISOString()
  return purgeBatch(system, query.purgeTicks({ before }))
}
