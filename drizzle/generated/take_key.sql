-- Takes an idempotency key until the end of the transaction, or refuses with the reason. After waiting for the lock, it sees the
-- answer that a concurrent request has committed meanwhile.
-- SQL by hand: it waits for a lock for a limited time, and catches the error of the timeout.
-- May be null: nothing.
create or replace function take_key_7eb7a1da(
  a_tenant text, a_scope text, a_key text, a_fingerprint text, a_since timestamptz
) returns void
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  lock_id bigint := hashtextextended(a_tenant || chr(31) || a_scope || chr(31) || a_key, 0);
  kept_fingerprint text;
begin
  if not pg_try_advisory_xact_lock(lock_id) then
    begin
      perform set_config('lock_timeout', '1500', true);
      perform pg_advisory_xact_lock(lock_id);
      perform set_config('lock_timeout', '0', true);
    exception when lock_not_available then
      perform refuse('idempotency_key_in_use');
    end;
  end if;
  select fingerprint into kept_fingerprint from idempotency
    where tenant = a_tenant and scope = a_scope and key = a_key and created_at > a_since;
  if found then
    if kept_fingerprint <> a_fingerprint then perform refuse('idempotency_key_reused'); end if;
    perform refuse('idempotency_replay');
  end if;
end $$;
