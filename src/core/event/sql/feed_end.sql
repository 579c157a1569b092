-- The last place up to which the feed is complete: no transaction can add an event before it any more. Only transactions of this database
-- that write events count (note_event_writer), and none that is open elsewhere in the cluster or only reads. The rows must be read by a
-- later statement, whose snapshot has every transaction that had ended by then.
-- Why it is right: a transaction takes its lock before it draws a place. One whose lock is not found here has ended, so the later snapshot
-- has it, or it draws its places after the last one that was read first. One whose lock is found draws places above its key.
-- SQL by hand: the last place must be read before the locks, and one statement does not say in which order it reads.
-- Never null.
create or replace function event_horizon() returns bigint
language plpgsql volatile as $$
declare
  drawn bigint;
  bound bigint;
begin
  -- A replica does not have the locks of the primary.
  if pg_is_in_recovery() then perform refuse('database_unavailable'); end if;
  drawn := coalesce(pg_sequence_last_value('event_place_seq'), 0);
  select min((l.classid::bigint & 65535) << 32 | l.objid::bigint) into bound from pg_locks l
    where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.objsubid = 1 and l.classid::bigint >> 16 = 25974
      and l.database = (select oid from pg_database where datname = current_database());
  return least(drawn, bound);
end $$;
