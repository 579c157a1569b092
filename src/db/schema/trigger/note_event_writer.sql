-- Marks a transaction that writes events, so that the feed knows who may still be on the way. It takes a shared advisory lock, which
-- nobody waits for and which ends with the transaction. The key of the lock has the last place that was drawn before: all places of this
-- transaction are above it. feed_end reads these locks. A transaction that hangs is ended after thirty seconds, for the feed waits.
-- SQL by hand: a trigger, because many use cases and functions write events. One that forgot would lose events in the feed.
create or replace function note_event_writer() returns trigger
language plpgsql as $$
declare
  drawn bigint;
  nothing text;
begin
  if coalesce(current_setting('customer.event_writer', true), '') = '' then
    drawn := coalesce(pg_sequence_last_value('event_place_seq'), 0);
    -- 25974 is a number of our own, in the upper 16 bits of the key.
    -- Assignments, for "perform" runs a query.
    nothing := pg_advisory_xact_lock_shared(25974::bigint << 48 | drawn)::text;
    nothing := set_config('customer.event_writer', drawn::text, true);
    nothing := set_config('transaction_timeout', '30s', true);
  end if;
  return null;
end $$;

-- For each statement and before its first row, because a row draws its place when it is made.
create or replace trigger event_has_its_writer_noted before insert on event
  for each statement execute function note_event_writer();
