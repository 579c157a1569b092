-- Appends an event of one customer in the commit that changes it: the customer's next sequence number, the event, and the job that
-- announces it. a_changed names the fields that a reader sees changed; null means those that the update before this one stamped in
-- changed_at with the version to come, and when it stamped none, nothing happened. Returns the sequence, null for nothing.
-- SQL by hand: the merges call it, which are SQL themselves. A use case has appendEvent of the outbox.
-- May be null: changed, request.
create or replace function append_event_04bbd527(
  a_tenant text, a_customer text, a_event text, a_job text, a_type text,
  a_changed text[], a_data jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  it customer;
  fields text[] := a_changed;
begin
  if fields is null then
    select array_agg(stamp.key order by stamp.key) into fields
      from customer c, jsonb_each_text(c.changed_at) stamp
      where c.tenant = a_tenant and c.id = a_customer and stamp.value::int > c.version;
    if fields is null then return null; end if;
  end if;
  if cardinality(fields) = 0 then
    update customer set sequence = sequence + 1
      where tenant = a_tenant and id = a_customer returning * into it;
  else
    update customer set
      sequence = sequence + 1,
      version = version + 1,
      updated_at = a_now,
      changed_at = changed_at || (select jsonb_object_agg(field, version + 1) from unnest(fields) field)
      where tenant = a_tenant and id = a_customer returning * into it;
  end if;
  if not found then return null; end if;
  perform append_event_of_row_6fe49475(it, a_event, a_job, a_type, fields, a_data, a_actor, a_request, a_now);
  return it.sequence;
end $$;
