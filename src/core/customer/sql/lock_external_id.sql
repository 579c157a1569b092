-- Waits for another transaction that takes the same external id, and refuses one that another customer has. Null is nobody's.
-- By hand, because it locks a text that no row has yet, and looks only after it has the lock.
-- May be null: external_id.
create or replace function lock_external_id(a_tenant text, a_external_id text, a_customer text) returns void
language plpgsql volatile as $$
begin
  if a_external_id is null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(a_tenant || chr(31) || a_external_id, 2));
  if exists (select from customer where tenant = a_tenant and external_id = a_external_id and status <> 'deleted' and id <> a_customer)
    then perform refuse('external_id_taken'); end if;
end $$;
