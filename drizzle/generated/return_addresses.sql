-- Returns the addresses of the merged customer to it. An address that was changed or proven since it moved stays with the survivor,
-- and the merged customer gets a copy of its old state. Addresses that did not move come from the record. Returns the conflicts.
-- SQL by hand: for undo_merge; each of its statements needs the result of the one before.
-- May be null: nothing.
-- Never null.
create or replace function return_addresses_35768185(a_done merge, a_first text) returns jsonb
language plpgsql volatile as $$
declare
  image jsonb := a_done.before #> '{merged,addresses}';
  owner jsonb := a_done.before #> '{merged,customer}';
  stayed text[];
  returned text[];
  ids jsonb;
begin
  with back as (
    update address present set customer_id = a_done.merged_id, version = present.version + 1
      from jsonb_populate_recordset(null::address, image) was
      where present.tenant = a_done.tenant and present.customer_id = a_done.survivor_id
        and present.id = was.id and present.id = any(a_done.address_ids) and address_content_f3e7c89a(present) = address_content_f3e7c89a(was)
        and present.unproven = was.unproven
      returning present.id
  ) select coalesce(array_agg(id), '{}') into returned from back;
  stayed := array(select a.id from address a where a.tenant = a_done.tenant and a.customer_id = a_done.survivor_id
    and a.id in (select was ->> 'id' from jsonb_array_elements(image) was));
  -- A copy of an address that stays needs a new id.
  select coalesce(jsonb_object_agg(was.value ->> 'id', case when was.value ->> 'id' = any(stayed)
      then nth_id_63f0c25c(a_first, was.ordinality::int) else was.value ->> 'id' end), '{}')
    into ids from jsonb_array_elements(image) with ordinality was;
  insert into address
    select (jsonb_populate_record(null::address, was || jsonb_build_object('id', ids -> (was ->> 'id')))).*
    from jsonb_array_elements(image) was where was ->> 'id' <> all(returned);
  perform assign_default_addresses_6826403a(a_done.tenant, a_done.merged_id,
    ids ->> (owner ->> 'default_shipping_id'), ids ->> (owner ->> 'default_billing_id'));
  perform assign_default_addresses_6826403a(a_done.tenant, a_done.survivor_id, null, null);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'address', 'id', moved.id,
      'reason', case when moved.id = any(stayed) then 'changed' else 'deleted' end) order by moved.id), '[]')
    from unnest(a_done.address_ids) moved (id) where moved.id <> all(returned));
end $$;
