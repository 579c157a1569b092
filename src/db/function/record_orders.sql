-- Takes the states of many orders into the ledger, each as record_order does. Per order the newest version wins, also when it names
-- another customer; a merged customer's orders are its survivor's. Each order has the columns of the ledger, and the ids event, job,
-- left_event, left_job to tell of it with; the latter two tell whom it moved away from. Each answer has the place of its order.
create or replace function record_orders(
  a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (place int, known boolean, applied boolean, document json, jobs text[])
language plpgsql volatile as $$
declare
  one jsonb;
begin
  perform hold_order_sides(a_tenant, a_orders);
  -- The newest state of an order stands in for the others of it, which are not newer then, in the place of the first among them.
  for place, one in
    select it.ordinality, it.value
    from jsonb_array_elements(a_orders) with ordinality it
    order by first_value(it.ordinality) over (partition by it.value ->> 'id' order by (it.value -> 'version')::bigint desc, it.ordinality),
      (it.value -> 'version')::bigint desc, it.ordinality
  loop
    select done.* into known, applied, document, jobs
      from record_order(a_tenant, one, a_currency, a_actor, a_request, a_now) done;
    return next;
  end loop;
end $$;
