-- Promises that a customer with addresses has one default for shipping and one for billing. (Two foreign keys promise that both are
-- its own.) A merged, erased or deleted customer is left out, because it may be incomplete.
-- SQL by hand: triggers, because no constraint spans two tables. They are deferred to the end of the transaction, and lock the customer
-- first. So the rule holds for any order of statements and transactions.
create or replace function check_default_addresses() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  customer_ids text[];
  checked_id text;
  checked record;
  holds boolean;
begin
  if tg_table_name = 'customer' then customer_ids := array[new.id];
  elsif tg_op = 'INSERT' then customer_ids := array[new.customer_id];
  elsif tg_op = 'DELETE' then customer_ids := array[old.customer_id];
  else customer_ids := array[least(old.customer_id, new.customer_id), greatest(old.customer_id, new.customer_id)];
  end if;
  foreach checked_id in array customer_ids loop
    select tenant, id, status, default_shipping_id, default_billing_id into checked from customer
      where tenant = coalesce(new.tenant, old.tenant) and id = checked_id and listed for no key update;
    continue when not found;
    select case when count(*) = 0
        then checked.default_shipping_id is null and checked.default_billing_id is null
        else bool_or(a.id = checked.default_shipping_id) and bool_or(a.id = checked.default_billing_id) end
      into holds
      from address a
      where a.tenant = checked.tenant and a.customer_id = checked.id and (not a.unproven or checked.status = 'guest');
    if holds is not true then
      raise exception using errcode = 'check_violation', constraint = 'customer_has_default_addresses',
        message = 'the defaults of a customer are not among its addresses';
    end if;
  end loop;
  return null;
end $$;

create constraint trigger customer_has_default_addresses after insert or delete on address
  deferrable initially deferred for each row execute function check_default_addresses();

create constraint trigger customer_has_default_addresses_still after update of customer_id, unproven on address
  deferrable initially deferred for each row
  when ((old.customer_id, old.unproven) is distinct from (new.customer_id, new.unproven))
  execute function check_default_addresses();

create constraint trigger customer_has_default_addresses
  after update of default_shipping_id, default_billing_id, status on customer
  deferrable initially deferred for each row
  when ((old.default_shipping_id, old.default_billing_id) is distinct from
      (new.default_shipping_id, new.default_billing_id)
    or (old.status = 'guest') <> (new.status = 'guest') or old.listed < new.listed)
  execute function check_default_addresses();
