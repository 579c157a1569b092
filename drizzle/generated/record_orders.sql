-- Records the states of many orders in the ledger by record_order. Per order the newest version wins, also when it names another
-- customer; a merged customer's orders belong to its survivor. Each order has the columns of the ledger and the ids event, job,
-- left_event, left_job; the latter two are for the customer that it leaves. Answers have the places of their orders.
-- SQL by hand: a loop, in which each order sees the changes of the one before it.
-- May be null: request.
-- Never null: place, known, applied.
create or replace function record_orders_9191170d(
  a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (place int, known boolean, applied boolean, document jsonb, jobs text[])
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  orders jsonb := a_orders;
  given jsonb;
begin
  perform lock_order_sides_bc69462b(a_tenant, a_orders);
  -- The newest state of an order comes first, in the place of the first of its states. The others are not newer then.
  if jsonb_array_length(a_orders) > 1 then
    select jsonb_agg(state.value order by state.turn, state.version desc, state.place) into orders
    from (
      select value, version, each.place, min(each.place) over (partition by value ->> 'id') as turn
      from jsonb_array_elements(a_orders) value
        cross join lateral (select (value -> 'version')::bigint as version, (value -> 'place')::int as place) each
    ) state;
  end if;
  for i in 0 .. jsonb_array_length(orders) - 1 loop
    given := orders -> i;
    place := (given ->> 'place')::int;
    select done.* into known, applied, document, jobs
      from record_order_50c99e74(a_tenant, given, a_currency, a_actor, a_request, a_now) done;
    return next;
  end loop;
end $$;
