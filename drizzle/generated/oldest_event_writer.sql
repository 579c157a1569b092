-- The age in seconds of the oldest transaction that writes events (note_event_writer), for which the feed waits. Null: there is none.
-- SQL by hand: it reads the locks that event_horizon reads.
-- May be null: nothing.
create or replace function oldest_event_writer_27ac72dd() returns int
language sql volatile as $$
  select floor(extract(epoch from clock_timestamp() - min(coalesce(a.xact_start, p.prepared))))::int
  from pg_locks l
    left join pg_stat_activity a on a.pid = l.pid
    left join pg_prepared_xacts p on l.virtualtransaction = '-1/' || p.transaction
  where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.objsubid = 1 and l.classid::bigint >> 16 = 25974
    and l.database = (select oid from pg_database where datname = current_database())
$$;
