import type { Statement } from '#db/statement'
import { commitQuietly } from './commit.ts'
import { PURGED_AT_ONCE } from './purge-limit.ts'
import type { Runner } from './run.ts'

/** Deletes as many old rows as one statement of `purgeRows` or `purgeOf` does. True when there may be more. */
export async function purgeBatch(
  runner: Runner,
  batch: Statement<readonly unknown[]>,
): Promise<boolean> {
  const { gone } = await commitQuietly(runner, { gone: batch })
  return gone.length === PURGED_AT_ONCE
}
