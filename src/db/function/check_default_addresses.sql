-- A customer with addresses has exactly one default for shipping and one for billing, both its own, and the country of the first:
-- the foreign keys say "its own", the triggers say "exactly one". Judged when the transaction commits, after waiting for whoever
-- else is changing the customer, so that it holds whatever order the statements and transactions come in. What is no longer
-- listed (merged, erased, deleted) may be half taken apart.
create or replace function check_default_addresses() returns trigger
language plpgsql volatile as $$
declare
  customer_ids text[];
  one text;
  it record;
  holds boolean;
begin
  if tg_table_name = 'customer' then customer_ids := array[new.id];
  elsif tg_op = 'INSERT' then customer_ids := array[new.customer_id];
  elsif tg_op = 'DELETE' then customer_ids := array[old.customer_id];
  else customer_ids := array[least(old.customer_id, new.customer_id), greatest(old.customer_id, new.customer_id)];
  end if;
  foreach one in array customer_ids loop
    select tenant, id, status, default_shipping_id, default_billing_id, country into it from customer
      where tenant = coalesce(new.tenant, old.tenant) and id = one and listed for no key update;
    continue when not found;
    select case when count(*) = 0
        then it.default_shipping_id is null and it.default_billing_id is null and it.country = ''
        else bool_or(a.id = it.default_shipping_id and a.country = it.country) and bool_or(a.id = it.default_billing_id) end
      into holds
      from address a
      where a.tenant = it.tenant and a.customer_id = it.id and (not a.unproven or it.status = 'guest');
    if holds is not true then
      raise exception using errcode = 'check_violation', constraint = 'customer_has_default_addresses',
        message = 'the defaults of a customer are not among its addresses';
    end if;
  end loop;
  return null;
end $$;

drop trigger if exists customer_has_default_addresses on address;
create constraint trigger customer_has_default_addresses after insert or delete on address
  deferrable initially deferred for each row execute function check_default_addresses();

drop trigger if exists customer_has_default_addresses_still on address;
create constraint trigger customer_has_default_addresses_still after update of customer_id, unproven, country on address
  deferrable initially deferred for each row
  when ((old.customer_id, old.unproven, old.country) is distinct from (new.customer_id, new.unproven, new.country))
  execute function check_default_addresses();

drop trigger if exists customer_has_default_addresses on customer;
create constraint trigger customer_has_default_addresses
  after update of default_shipping_id, default_billing_id, country, status on customer
  deferrable initially deferred for each row
  when ((old.default_shipping_id, old.default_billing_id, old.country) is distinct from
      (new.default_shipping_id, new.default_billing_id, new.country)
    or (old.status = 'guest') <> (new.status = 'guest') or old.listed < new.listed)
  execute function check_default_addresses();

do $$ begin
  if not exists (select from pg_constraint where conname = 'customer_default_shipping_is_its_own') then
    alter table customer
      add constraint customer_default_shipping_is_its_own foreign key (tenant, id, default_shipping_id)
        references address (tenant, customer_id, id) deferrable initially deferred,
      add constraint customer_default_billing_is_its_own foreign key (tenant, id, default_billing_id)
        references address (tenant, customer_id, id) deferrable initially deferred;
  end if;
end $$;
