-- The name that statements which are sent as they are call append_event by.
-- May be null: changed, request.
create or replace function emit(
  a_tenant text, a_customer text, a_event text, a_job text, a_type text,
  a_changed text[], a_data jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
begin
  return append_event(a_tenant, a_customer, a_event, a_job, a_type, a_changed, a_data, a_actor, a_request, a_now);
end $$;
