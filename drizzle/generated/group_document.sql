-- One group with the version for its ETag; null when there is none, or not any more.
create or replace function group_document(a_tenant text, a_key text) returns json
language sql stable parallel safe as $$
  select json_build_object('version', it.version, 'group', group_row_document(it))
  from "group" it where it.tenant = a_tenant and it.key = a_key and it.dissolved_at is null
$$;
