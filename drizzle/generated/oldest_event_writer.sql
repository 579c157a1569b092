-- The age in seconds of the oldest transaction that writes events (note_event_writer), for which the feed waits. Null: there is none.
-- SQL by hand: it reads the locks that event_horizon reads.
-- May be null: nothing.
create or replace function oldest_event_writer_21b11c19() returns int
language sql volatile as $$
  select floor(extract(epoch from clock_timestamp() - min(a.xact_start)))::int
  from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.objsubid = 1 and l.classid::bigint >> 16 = 25974
    and l.database = (select oid from pg_database where datname = current_database())
$$;
