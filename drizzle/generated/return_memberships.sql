-- Takes the survivor out of the groups that the merge brought it into, and puts the merged one back into its own, as far as there
-- still are such. Returns {left, conflicts}: the groups the survivor left.
-- SQL by hand: for undo_merge; what the first statement could take back decides the conflicts.
-- May be null: nothing.
-- Never null.
create or replace function return_memberships_e3c38aea(a_done merge, a_now timestamptz) returns jsonb
language plpgsql volatile as $$
declare
  left_keys text[];
begin
  with gone as (
    delete from membership
      where tenant = a_done.tenant and customer_id = a_done.survivor_id and group_key = any(a_done.group_keys)
        and source = 'merge' and added_at = a_done.merged_at
      returning group_key
  ) select coalesce(array_agg(group_key order by group_key), '{}') into left_keys from gone;
  insert into membership
    select was.* from jsonb_populate_recordset(null::membership, a_done.before #> '{merged,memberships}') was
      join "group" g on g.tenant = was.tenant and g.key = was.group_key and g.dissolved_at is null
    where was.expires_at is null or was.expires_at > a_now;
  return jsonb_build_object('left', to_jsonb(left_keys), 'conflicts', (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'group', 'id', g.key, 'reason', 'changed') order by g.key), '[]')
    from unnest(a_done.group_keys) g (key) where g.key <> all(left_keys)) || (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'group', 'id', was ->> 'group_key', 'reason', 'deleted')), '[]')
    from jsonb_array_elements(a_done.before #> '{merged,memberships}') was
    where not exists (
      select from "group" g where g.tenant = a_done.tenant and g.key = was ->> 'group_key' and g.dissolved_at is null)));
end $$;
