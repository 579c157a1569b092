import { sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { directCall } from '#db/use-case'

function set(name: string, value: string) {
  return kind.text(sql`set_config(${sql.raw(`'${name}'`)}, ${sql.raw(`'${value}'`)}, true)`)
}

/**
 * Prepares the commit for a count, which comes after it and last. Sets are joined by merging them in the order of their ids: that ends
 * with the last hit that is counted, where a hash join reads a set whole before its first hit, and the planner chooses by estimates that
 * are far off for two conditions. A worker process would be started also for the way that is not taken.
 */
export const prepareCount = directCall('prepare_count', {}, () =>
  db
    .select({
      hash: set('enable_hashjoin', 'off'),
      loop: set('enable_nestloop', 'off'),
      workers: set('max_parallel_workers_per_gather', '0'),
      jit: set('jit', 'off'),
    })
    .from(sql`(select) asked`),
)
