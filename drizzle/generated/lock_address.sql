-- Head of every change of one address. Its customer's lock is the lock of the whole address book.
create or replace function lock_address(a_tenant text, a_customer text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  perform lock_customer(a_tenant, a_customer);
  select version, changed_at into it from address
    where tenant = a_tenant and customer_id = a_customer and id = a_id;
  if not found then perform refuse('address_not_found'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
