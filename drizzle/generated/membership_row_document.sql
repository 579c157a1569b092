-- A membership as the customer that has it sees it.
create or replace function membership_row_document(it membership) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'key', it.group_key, 'source', it.source, 'addedAt', iso(it.added_at), 'expiresAt', iso(it.expires_at))
$$;
