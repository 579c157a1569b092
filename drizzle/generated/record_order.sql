-- Records the state of one order in the ledger, and its difference in the counters of its new and its old customer, with an event for
-- each. lock_order_sides has locked all of them before. Returns whether there is such a customer, whether this state is newer than the
-- ledger's, the order in the ledger after that, and the jobs that were enqueued. a_order: see record_orders.
-- SQL by hand: five branches, and the result of one statement decides whether the next ones run.
-- May be null: request.
-- Never null: known, applied.
create or replace function record_order_50c99e74(
  a_tenant text, a_order jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz,
  out known boolean, out applied boolean, out document jsonb, out jobs text[]
)
language plpgsql volatile as $$
declare
  given "order" := jsonb_populate_record(null::"order", a_order);
  owner customer;
  was "order";
begin
  select * into owner from customer where tenant = a_tenant and id = given.customer_id;
  if owner.merged_into is not null then
    select * into owner from customer where tenant = a_tenant and id = owner.merged_into;
  end if;
  select * into was from "order" where tenant = a_tenant and id = given.id;
  -- The old orders of a deleted customer are updated without an event. It gets no new orders.
  known := coalesce(owner.listed or was.customer_id = owner.id, false);
  -- An order that is not in the ledger counts as version 0.
  if known and not coalesce(was.version, 0) <@ (a_order ->> 'accepted')::int8multirange then
    perform refuse('precondition_failed');
  end if;
  applied := known and (was.version is null or was.version < given.version);
  if not applied then
    document := order_document_f718d0f0(was);
    return;
  end if;

  given.tenant := a_tenant;
  given.customer_id := owner.id;
  given.created_at := coalesce(was.created_at, a_now);
  given.updated_at := a_now;
  if was.id is null then insert into "order" select given.*;
  else
    update "order" set customer_id = given.customer_id, currency = given.currency, gross = given.gross, refunded = given.refunded,
        state = given.state, placed_at = given.placed_at, version = given.version, updated_at = a_now
      where tenant = a_tenant and id = given.id;
  end if;
  document := order_document_f718d0f0(given);

  owner := count_order_f4666a9b(a_tenant, owner.id, was, given, a_currency);
  if owner.listed then
    jobs := array[append_event_of_row_03f7d33a(owner, a_order ->> 'event', a_order ->> 'job', 'customer.order_recorded', '{}',
      jsonb_build_object('order', document
          || case when was.customer_id <> owner.id then jsonb_build_object('movedFrom', was.customer_id) else '{}' end,
        'orderCount', owner.order_count, 'totalSpent', owner.total_spent, 'currency', a_currency), a_actor, a_request, a_now)];
  end if;
  if was.customer_id <> given.customer_id then
    owner := count_order_f4666a9b(a_tenant, was.customer_id, was, given, a_currency);
    if owner.listed then
      jobs := jobs || append_event_of_row_03f7d33a(owner, a_order ->> 'left_event', a_order ->> 'left_job', 'customer.order_recorded', '{}',
        jsonb_build_object('order', document || jsonb_build_object('movedTo', given.customer_id),
          'orderCount', owner.order_count, 'totalSpent', owner.total_spent, 'currency', a_currency), a_actor, a_request, a_now);
    end if;
  end if;
end $$;
