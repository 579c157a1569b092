-- Appends an event of a change that is in the customer's row already, with its sequence: inserts the event and the job that announces
-- it. a_changed names the changed fields that a reader sees. Returns the job's id.
-- SQL by hand: the functions of orders and of merges call it with a row that they have. A use case has appendEvent of the outbox.
-- May be null: request.
-- Never null.
create or replace function append_event_of_row_03f7d33a(
  a_customer customer, a_event text, a_job text, a_type text,
  a_changed text[], a_data jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns text
language plpgsql volatile as $$
begin
  insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
  values (a_customer.tenant, a_event, a_customer.id, a_customer.sequence, a_type,
    jsonb_build_object('customerId', a_customer.id, 'customer', event_customer_document_d4b3803f(a_customer))
      || case when cardinality(a_changed) > 0 then jsonb_build_object('changed', to_jsonb(a_changed)) else '{}' end
      || a_data,
    a_actor, a_request, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_customer.tenant, a_job, 'announce', jsonb_build_object('event', a_event), a_now + interval '1 minute', a_now);
  return a_job;
end $$;
