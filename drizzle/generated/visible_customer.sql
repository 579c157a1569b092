-- The customer an id stands for: itself, or the survivor it was merged into (chains are flat). What is erased or deleted is not
-- there: the row of nulls.
-- May be null: id.
create or replace function visible_customer(a_tenant text, a_id text) returns customer
language plpgsql stable parallel safe as $$
declare
  it customer;
begin
  select * into it from customer where tenant = a_tenant and id = a_id;
  if it.status = 'merged' then
    select * into it from customer where tenant = a_tenant and id = it.merged_into;
  end if;
  if it.status in ('erased', 'deleted') then return null; end if;
  return it;
end $$;
