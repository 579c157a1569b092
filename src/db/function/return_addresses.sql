-- Gives the merged one its addresses back. One that moved and was touched since, or that somebody vouched for, stays with the
-- survivor; the other gets a copy of what it was. What did not move comes from the record. Returns the conflicts.
-- May be null: nothing.
-- Never null.
create or replace function return_addresses(a_done merge, a_first text) returns jsonb
language plpgsql volatile as $$
declare
  image jsonb := a_done.before #> '{merged,addresses}';
  owner jsonb := a_done.before #> '{merged,customer}';
  kept text[];
  returned text[];
  ids jsonb;
begin
  with back as (
    update address held set customer_id = a_done.merged_id, version = held.version + 1
      from jsonb_populate_recordset(null::address, image) was
      where held.tenant = a_done.tenant and held.customer_id = a_done.survivor_id
        and held.id = was.id and held.id = any(a_done.address_ids) and address_content(held) = address_content(was)
        and held.unproven = was.unproven
      returning held.id
  ) select coalesce(array_agg(id), '{}') into returned from back;
  kept := array(select a.id from address a where a.tenant = a_done.tenant and a.customer_id = a_done.survivor_id
    and a.id in (select one ->> 'id' from jsonb_array_elements(image) one));
  -- An id that the survivor keeps cannot be had twice.
  select coalesce(jsonb_object_agg(one.value ->> 'id', case when one.value ->> 'id' = any(kept)
      then nth_id(a_first, one.ordinality::int) else one.value ->> 'id' end), '{}')
    into ids from jsonb_array_elements(image) with ordinality one;
  insert into address
    select (jsonb_populate_record(null::address, one || jsonb_build_object('id', ids -> (one ->> 'id')))).*
    from jsonb_array_elements(image) one where one ->> 'id' <> all(returned);
  perform settle_default_addresses(a_done.tenant, a_done.merged_id,
    ids ->> (owner ->> 'default_shipping_id'), ids ->> (owner ->> 'default_billing_id'));
  perform settle_default_addresses(a_done.tenant, a_done.survivor_id, null, null);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'address', 'id', moved.id,
      'reason', case when moved.id = any(kept) then 'changed' else 'deleted' end) order by moved.id), '[]')
    from unnest(a_done.address_ids) moved (id) where moved.id <> all(returned));
end $$;
