-- Takes the memberships by hand away that the survivor got by the merge, and gives the merged customer its old ones of groups that still
-- exist. Where the rule of a group holds the survivor as well, the survivor stays. What the rule held is not returned: it judges anew.
-- Returns {left, lost, conflicts}; `left`: the groups that the survivor left; `lost`: memberships of the merged customer, {group, source,
-- reason}, that were by hand and are not returned.
-- SQL by hand: undo_merge calls it. The conflicts depend on the rows that its first statements change.
-- May be null: nothing.
-- Never null.
create or replace function return_memberships_fee587e5(a_done merge, a_now timestamptz) returns jsonb
language plpgsql volatile as $$
declare
  given_keys text[];
  kept_keys text[];
  left_keys text[];
  returned_keys text[];
begin
  -- A later merge that gave the same has found none: what is there now is its own.
  given_keys := array(select g.key from unnest(a_done.group_keys) g (key)
    where not exists (
      select from merge later where later.tenant = a_done.tenant and later.survivor_id = a_done.survivor_id
        and (later.merged_at, later.id) > (a_done.merged_at, a_done.id) and g.key = any(later.group_keys)));
  with kept as (
    update membership set source = 'rule', expires_at = null
      where tenant = a_done.tenant and customer_id = a_done.survivor_id and group_key = any(given_keys)
        and source = 'merge' and by_rule
      returning group_key
  ) select coalesce(array_agg(group_key), '{}') into kept_keys from kept;
  if kept_keys <> '{}' then perform raise_customer_version_b729a633(a_done.tenant, a_done.survivor_id, a_now); end if;
  with gone as (
    delete from membership
      where tenant = a_done.tenant and customer_id = a_done.survivor_id and group_key = any(given_keys) and source = 'merge'
      returning group_key
  ) select coalesce(array_agg(group_key order by group_key), '{}') into left_keys from gone;
  with returned as (
    insert into membership (tenant, group_key, customer_id, source, added_at, expires_at)
      select was.tenant, was.group_key, was.customer_id, was.source, was.added_at, was.expires_at
        from jsonb_populate_recordset(null::membership, a_done.before #> '{merged,memberships}') was
          join "group" g on g.tenant = was.tenant and g.key = was.group_key and g.dissolved_at is null
        where was.source <> 'rule' and (was.expires_at is null or was.expires_at > a_now)
      returning group_key
  ) select coalesce(array_agg(group_key), '{}') into returned_keys from returned;
  return jsonb_build_object('left', to_jsonb(left_keys), 'lost', (
    select coalesce(jsonb_agg(jsonb_build_object('group', was.group_key, 'source', was.source,
      'reason', case when was.expires_at <= a_now then 'expired' else 'group_deleted' end) order by was.group_key), '[]')
    from jsonb_populate_recordset(null::membership, a_done.before #> '{merged,memberships}') was
    where was.source <> 'rule' and was.group_key <> all(returned_keys)), 'conflicts', (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'group', 'id', g.key, 'reason', 'changed') order by g.key), '[]')
    from unnest(a_done.group_keys) g (key) where g.key <> all(left_keys || kept_keys)) || (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'group', 'id', was ->> 'group_key', 'reason', 'deleted')), '[]')
    from jsonb_array_elements(a_done.before #> '{merged,memberships}') was
    where was ->> 'source' <> 'rule' and not exists (
      select from "group" g where g.tenant = a_done.tenant and g.key = was ->> 'group_key' and g.dissolved_at is null)));
end $$;
