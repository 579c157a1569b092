-- Everyone whose counters these orders may touch: who stands for the customers they name, and whose they are now. In the order of
-- their ids, each once.
-- SQL by hand: it is asked in the loop of lock_order_sides, once per try; two look-ups by key for each order are what costs least.
-- May be null: nothing.
-- Never null.
create or replace function order_sides(a_tenant text, a_orders jsonb) returns text[]
language plpgsql stable as $$
declare
  given jsonb;
  side text;
  sides text[] := '{}';
begin
  for i in 0 .. jsonb_array_length(a_orders) - 1 loop
    given := a_orders -> i;
    select coalesce(merged_into, id) into side from customer where tenant = a_tenant and id = given ->> 'customer_id';
    if found then sides := sides || side; end if;
    select customer_id into side from "order" where tenant = a_tenant and id = given ->> 'id';
    if found then sides := sides || side; end if;
  end loop;
  if cardinality(sides) < 2 then return sides; end if;
  return array(select distinct id collate "C" from unnest(sides) id order by 1);
end $$;
