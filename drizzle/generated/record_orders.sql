-- Takes the states of many orders into the ledger, each as record_order does. Per order the newest version wins, also when it names
-- another customer; a merged customer's orders are its survivor's. Each order has the columns of the ledger, and the ids event, job,
-- left_event, left_job of what is appended; the latter two are for the customer whom it leaves. Answers have the places of their orders.
-- SQL by hand: a loop, in which each order meets what the one before it has written.
-- May be null: request.
-- Never null: place, known, applied.
create or replace function record_orders_17b577ef(
  a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (place int, known boolean, applied boolean, document jsonb, jobs text[])
language plpgsql volatile as $$
declare
  orders jsonb := a_orders;
  given jsonb;
begin
  perform lock_order_sides_e25c15f7(a_tenant, a_orders);
  -- The newest state of an order comes first among those of it, in the place of the first of them: the others are not newer then.
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
      from record_order_814f0776(a_tenant, given, a_currency, a_actor, a_request, a_now) done;
    return next;
  end loop;
end $$;
