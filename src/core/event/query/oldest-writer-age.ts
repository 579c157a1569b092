import { sql } from 'drizzle-orm'
import { sqlType } from '#db/sql-type'

/**
 * The age in seconds of the oldest transaction that the feed waits for; null: there is none.
 * SQL by hand: it reads the locks of PostgreSQL (those that `feed_end` reads), which are not in the schema.
 */
export const oldestEventWriterAge = () =>
  sqlType.orNull(sqlType.int)(sql`(
    select floor(extract(epoch from clock_timestamp() - min(a.xact_start)))::int
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.objsubid = 1 and l.classid::bigint >> 16 = 25974
      and l.database = (select oid from pg_database where datname = current_database()))`)
