-- The survivor gives back the fields that were filled and the metadata that was added, unless somebody has written there since.
-- Returns {changed, conflicts}.
-- May be null: nothing.
-- Never null.
create or replace function return_profile(a_done merge) returns jsonb
language plpgsql volatile as $$
declare
  s customer;
  fields text[];
  keys text[];
begin
  select * into s from customer where tenant = a_done.tenant and id = a_done.survivor_id;
  fields := array(select f.key from jsonb_each(a_done.profile) f where profile_document(s) -> f.key = f.value);
  keys := array(select f.key from jsonb_each(a_done.metadata) f where s.metadata -> f.key = f.value);
  if fields <> '{}' or keys <> '{}' then
    update customer c set
      external_id = case when 'externalId' = any(fields) then null else c.external_id end,
      first_name = case when 'firstName' = any(fields) then null else c.first_name end,
      first_name_key = case when 'firstName' = any(fields) then '' else c.first_name_key end,
      last_name = case when 'lastName' = any(fields) then null else c.last_name end,
      last_name_key = case when 'lastName' = any(fields) then '' else c.last_name_key end,
      phone = case when 'phone' = any(fields) then null else c.phone end,
      locale = case when 'locale' = any(fields) then null else c.locale end,
      metadata = c.metadata - keys
      where c.tenant = s.tenant and c.id = s.id;
  end if;
  return jsonb_build_object(
    'changed', to_jsonb(fields || case when keys <> '{}' then array['metadata'] else '{}' end),
    'conflicts', (
      select coalesce(jsonb_agg(jsonb_build_object('type', 'profile', 'id', f.key, 'reason', 'changed') order by f.key), '[]')
      from jsonb_each(a_done.profile) f where f.key <> all(fields)) || (
      select coalesce(jsonb_agg(jsonb_build_object('type', 'metadata', 'id', f.key, 'reason', 'changed') order by f.key), '[]')
      from jsonb_each(a_done.metadata) f where f.key <> all(keys)));
end $$;
