-- A page of the feed after a place in it (a_xact, a_id), after an event (a_after), or from the beginning: `data`, each as event_document
-- has it, and `next`, the place to go on from, null at the end. Of types it looks at 2000 events and may hold fewer than the limit
-- before the end. Nothing when the event is not kept.
create or replace function event_page(
  a_tenant text, a_after text, a_xact xid8, a_id text, a_type text[], a_customer text, a_limit int, out data text, out next json
) language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
declare
  from_xact xid8 := coalesce(a_xact, '0');
  from_id text := coalesce(a_id, '');
  ids text[];
  last_id text;
begin
  if a_after is not null then
    select xact, id into from_xact, from_id from event where tenant = a_tenant and id = a_after;
    if not found then return; end if;
  end if;
  select coalesce(json_agg(document) filter (where n <= a_limit), '[]'), array_agg(id) into data, ids from (
    select document, e.id, row_number() over () as n
    from events_after(a_tenant, a_customer, from_xact, from_id, case when a_type is null then a_limit + 1 else 2000 end) e
    cross join lateral (
      select e.id, e.type, iso(e.at) as timestamp, e.sequence, e.actor, e.request_id as "requestId", e.data) document
    where a_type is null or e.type = any(a_type) limit a_limit + 1) page;
  if cardinality(ids) > a_limit then
    last_id := ids[a_limit];
  elsif a_type is not null then
    select id into last_id from events_after(a_tenant, a_customer, from_xact, from_id, 2000) offset 1999;
  end if;
  select json_build_object('xact', xact::text, 'id', id) into next from event where tenant = a_tenant and id = last_id;
end $$;
