import { sql } from 'drizzle-orm'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { directUseCase } from '#db/use-case'

function set(name: string, value: string) {
  return sqlType.text(sql`set_config(${sql.raw(`'${name}'`)}, ${sql.raw(`'${value}'`)}, true)`)
}

/**
 * Prepares the commit for a count, which comes after it and last. It allows merge joins only. A merge join ends with the last counted hit; a hash join reads a whole set first. The planner's estimates are far off for two conditions. Parallel workers are off, because they would also start for a branch that is not used.
 */
export const setPlannerForCount = directUseCase('set_planner_for_count', {}, () =>
  db
    .select({
      hash: set('enable_hashjoin', 'off'),
      loop: set('enable_nestloop', 'off'),
      workers: set('max_parallel_workers_per_gather', '0'),
      jit: set('jit', 'off'),
    })
    .from(sql`(select) asked`),
)
