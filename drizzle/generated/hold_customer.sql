-- The customer's row, after waiting for whoever is changing it; refuses what cannot be written to. A function of its own, so that
-- the statements after it see what it waited for. With a version, refuses when the reader's copy is stale.
-- May be null: version.
-- Never null.
create or replace function hold_customer(a_tenant text, a_id text, a_version int default null) returns customer
language plpgsql volatile as $$
declare
  it customer;
begin
  select * into it from customer where tenant = a_tenant and id = a_id for no key update;
  if not found or it.status in ('erased', 'deleted') then perform refuse('customer_not_found'); end if;
  if it.status = 'merged' then
    if (visible_customer(a_tenant, a_id)).id is null then perform refuse('customer_not_found'); end if;
    perform refuse('customer_merged');
  end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
  return it;
end $$;
