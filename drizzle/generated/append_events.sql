-- Appends events of many customers in the commit that changes them, as append_event does for one. a_changes is a JSON array with an
-- object per event: customerId and the event's other data; a customer may have several. a_changed names the changed fields that a
-- reader sees in each of them. The caller has locked the customers in the order of their ids. Returns the jobs' ids.
-- SQL by hand: the functions of merges call it, and they are SQL too.
-- May be null: changes, request.
-- Never null.
create or replace function append_events_e5b3cc22(
  a_tenant text, a_first_event text, a_first_job text, a_type text,
  a_changed text[], a_changes jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns setof text
language plpgsql volatile as $$
begin
  return query
  with change as (
    select each.value ->> 'customerId' as customer_id, each.value as data, each.ordinality::int - 1 as n,
      row_number() over (partition by each.value ->> 'customerId' order by each.ordinality)::int as nth
    from jsonb_array_elements(a_changes) with ordinality each
  ),
  moved as (
    update customer c set
      sequence = c.sequence + per.events,
      version = c.version + (cardinality(a_changed) > 0)::int,
      updated_at = case when cardinality(a_changed) > 0 then a_now else c.updated_at end,
      changed_at = c.changed_at || coalesce((select jsonb_object_agg(field, c.version + 1) from unnest(a_changed) field), '{}')
    from (select customer_id, count(*)::int as events from change group by customer_id) per
    where c.tenant = a_tenant and c.id = per.customer_id
    returning c.id, c.sequence - per.events as sequence_before, event_customer_document_d4b3803f(c) as summary
  ),
  appended as (
    insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
    select a_tenant, nth_id_63f0c25c(a_first_event, change.n), moved.id, moved.sequence_before + change.nth, a_type,
      jsonb_build_object('customerId', moved.id, 'customer', moved.summary)
        || case when cardinality(a_changed) > 0 then jsonb_build_object('changed', to_jsonb(a_changed)) else '{}' end
        || change.data,
      a_actor, a_request, a_now
    from change join moved on moved.id = change.customer_id
  )
  insert into job (tenant, id, kind, payload, due_at, created_at)
  select a_tenant, nth_id_63f0c25c(a_first_job, change.n), 'announce', jsonb_build_object('event', nth_id_63f0c25c(a_first_event, change.n)),
    a_now + interval '1 minute', a_now
  from change join moved on moved.id = change.customer_id
  returning id;
end $$;
