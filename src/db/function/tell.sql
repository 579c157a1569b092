-- Tells of a change that the customer's row has taken in already, its sequence too: the event, and the job that carries it out of
-- here. a_changed names the fields a reader sees changed. Returns the job's id.
-- May be null: request.
-- Never null.
create or replace function tell(
  it customer, a_event text, a_job text, a_type text,
  a_changed text[], a_data jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns text
language plpgsql volatile as $$
begin
  insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
  values (it.tenant, a_event, it.id, it.sequence, a_type,
    jsonb_build_object('customerId', it.id, 'customer', customer_summary(it))
      || case when cardinality(a_changed) > 0 then jsonb_build_object('changed', to_jsonb(a_changed)) else '{}' end
      || a_data,
    a_actor, a_request, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (it.tenant, a_job, 'announce', jsonb_build_object('event', a_event), a_now + interval '1 minute', a_now);
  return a_job;
end $$;
