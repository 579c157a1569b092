-- Waits for the customer's row and refuses as hold_customer does: for a statement of its own, which wants nothing of the row.
create or replace function lock_customer(a_tenant text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
begin
  perform hold_customer(a_tenant, a_id, a_version);
end $$;
