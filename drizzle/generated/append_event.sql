-- Appends an event of one customer in the commit that changes it: raises the customer's sequence number, and inserts the event and the
-- job that announces it. a_changed names the changed fields that a reader sees. Returns the sequence, null without such a customer.
-- SQL by hand: the functions of merges call it, and they are SQL too. A use case calls appendEvent of the outbox instead.
-- May be null: request.
create or replace function append_event_64ceac17(
  a_tenant text, a_customer text, a_event text, a_job text, a_type text,
  a_changed text[], a_data jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  changed customer;
begin
  if cardinality(a_changed) = 0 then
    update customer set sequence = sequence + 1
      where tenant = a_tenant and id = a_customer returning * into changed;
  else
    update customer set
      sequence = sequence + 1,
      version = version + 1,
      updated_at = a_now,
      changed_at = changed_at || (select jsonb_object_agg(field, version + 1) from unnest(a_changed) field)
      where tenant = a_tenant and id = a_customer returning * into changed;
  end if;
  if not found then return null; end if;
  perform append_event_of_row_03f7d33a(changed, a_event, a_job, a_type, a_changed, a_data, a_actor, a_request, a_now);
  return changed.sequence;
end $$;
