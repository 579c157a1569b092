-- Takes the state of one order into the ledger, and its difference into the counters of whose it is and was, with an event for each.
-- Everyone in it is held before (hold_order_sides). Returns whether there is such a customer, whether this state is newer than what the
-- ledger had, the order as the ledger has it then, and the jobs that were written. a_order: see record_orders.
-- May be null: request.
-- Never null: known, applied.
create or replace function record_order(
  a_tenant text, a_order jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz,
  out known boolean, out applied boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  given "order" := jsonb_populate_record(null::"order", a_order);
  it customer;
  was "order";
  news jsonb;
begin
  select * into it from customer where tenant = a_tenant and id = given.customer_id;
  if it.merged_into is not null then select * into it from customer where tenant = a_tenant and id = it.merged_into; end if;
  select * into was from "order" where tenant = a_tenant and id = given.id;
  -- What a customer that is gone had stays true, quietly; it gets nothing new.
  known := coalesce(it.listed or was.customer_id = it.id, false);
  applied := known and (was.version is null or was.version < given.version);
  if not applied then
    document := order_row_document(was);
    return;
  end if;

  given.tenant := a_tenant;
  given.customer_id := it.id;
  given.created_at := coalesce(was.created_at, a_now);
  given.updated_at := a_now;
  if was.id is null then insert into "order" select given.*;
  else
    update "order" set customer_id = given.customer_id, currency = given.currency, gross = given.gross, refunded = given.refunded,
        state = given.state, placed_at = given.placed_at, version = given.version, updated_at = a_now
      where tenant = a_tenant and id = given.id;
  end if;
  document := order_row_document(given);

  it := count_order(a_tenant, it.id, was, given, a_currency);
  if it.listed then
    jobs := array[append_event_of_row_aab7f857(it, a_order ->> 'event', a_order ->> 'job', 'customer.order_recorded', '{}',
      jsonb_build_object('order', document::jsonb
          || case when was.customer_id <> it.id then jsonb_build_object('movedFrom', was.customer_id) else '{}' end,
        'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency), a_actor, a_request, a_now)];
  end if;
  if was.customer_id <> given.customer_id then
    it := count_order(a_tenant, was.customer_id, was, given, a_currency);
    if it.listed then
      jobs := jobs || append_event_of_row_aab7f857(it, a_order ->> 'left_event', a_order ->> 'left_job', 'customer.order_recorded', '{}',
        jsonb_build_object('order', document::jsonb || jsonb_build_object('movedTo', given.customer_id),
          'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency), a_actor, a_request, a_now);
    end if;
  end if;
end $$;
