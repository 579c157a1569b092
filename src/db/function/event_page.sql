-- A page of the feed after a place in it (a_xact, a_id), after an event (a_after), or from the beginning: `data`, and `next`, the place
-- to go on from, null at the end. Of types it looks at 2000 events and may hold fewer than the limit before the end. Nothing when
-- the event is not kept.
create or replace function event_page(
  a_tenant text, a_after text, a_xact xid8, a_id text, a_type text[], a_customer text, a_limit int
) returns json
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
declare
  from_xact xid8 := coalesce(a_xact, '0');
  from_id text := coalesce(a_id, '');
  most int := case when a_type is null then a_limit + 1 else 2000 end;
begin
  if a_after is not null then
    select xact, id into from_xact, from_id from event where tenant = a_tenant and id = a_after;
    if not found then return null; end if;
  end if;
  return (
    with span as materialized (
      select e as it, e.xact, e.id, e.type from events_after(a_tenant, from_xact, from_id, most) e where a_customer is null
      union all
      select e as it, e.xact, e.id, e.type from customer_events_after(a_tenant, a_customer, from_xact, from_id, most) e
      where a_customer is not null),
    page as materialized (
      select *, row_number() over (order by xact, id) as n from span
      where a_type is null or type = any(a_type) order by xact, id limit a_limit + 1),
    last as (
      select xact, id from page where n = a_limit and exists (select from page where n > a_limit)
      union all
      (select xact, id from span
        where (select count(*) from page) <= a_limit and (select count(*) from span) = 2000
        order by xact desc, id desc limit 1))
    select json_build_object(
      'data', coalesce((select json_agg(event_document(it) order by n) from page where n <= a_limit), '[]'),
      'next', (select json_build_object('xact', xact::text, 'id', id) from last)));
end $$;
