-- Clears the survivor's fields that the merge filled and the metadata that it added, unless they were changed since.
-- Returns {changed, conflicts}.
-- SQL by hand: undo_merge calls it. The conflicts depend on the fields that have not changed. The update is generated from the field list.
-- May be null: nothing.
-- Never null.
create or replace function return_profile_daf31232(a_done merge) returns jsonb
language plpgsql volatile as $$
declare
  s customer;
  fields text[];
  keys text[];
begin
  select * into s from customer where tenant = a_done.tenant and id = a_done.survivor_id;
  fields := array(select f.key from jsonb_each(a_done.profile) f where profile_document_24024c29(s) -> f.key = f.value);
  keys := array(select f.key from jsonb_each(a_done.metadata) f where s.metadata -> f.key = f.value);
  if fields <> '{}' or keys <> '{}' then
    perform clear_survivor_profile_fields_57af9e08(s.tenant, s.id, fields, keys);
  end if;
  return jsonb_build_object(
    'changed', to_jsonb(fields || case when keys <> '{}' then array['metadata'] else '{}' end),
    'conflicts', (
      select coalesce(jsonb_agg(jsonb_build_object('type', 'profile', 'id', f.key, 'reason', 'changed') order by f.key), '[]')
      from jsonb_each(a_done.profile) f where f.key <> all(fields)) || (
      select coalesce(jsonb_agg(jsonb_build_object('type', 'metadata', 'id', f.key, 'reason', 'changed') order by f.key), '[]')
      from jsonb_each(a_done.metadata) f where f.key <> all(keys)));
end $$;
