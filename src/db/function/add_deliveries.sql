-- Puts events on their way to the endpoints that asked for them, or to one of those. What was put on its way before stays as it
-- is; with a_again, what has arrived or failed sets out once more. Returns the endpoints that have something new, and how much.
-- May be null: webhook.
-- Never null.
create or replace function add_deliveries(
  a_tenant text, a_events text[], a_webhook text, a_first_id text, a_again boolean, a_now timestamptz
) returns table (endpoint text, added int)
language plpgsql volatile as $$
begin
  return query
  with due as (
    select w.id as webhook, e.id as event, row_number() over (order by e.id, w.id)::int - 1 as n
    from webhook w
    join event e on e.tenant = w.tenant and e.id = any(a_events) and matches_event(w.events, e.type)
    where w.tenant = a_tenant and w.status = 'enabled' and (a_webhook is null or w.id = a_webhook)
  ),
  moved as (
    insert into delivery as d (tenant, id, webhook_id, event_id, status, next_attempt_at, created_at)
    select a_tenant, nth_id(a_first_id, due.n), due.webhook, due.event, 'pending', a_now, a_now from due
    on conflict (tenant, webhook_id, event_id) do update
      set status = 'pending', step = 0, next_attempt_at = a_now, settled_at = null
      where a_again and d.status <> 'pending'
    returning d.webhook_id
  )
  select moved.webhook_id::text, count(*)::int from moved group by 1;
end $$;
