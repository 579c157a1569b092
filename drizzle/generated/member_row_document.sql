-- A membership as the group sees it.
create or replace function member_row_document(it membership) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'customerId', it.customer_id, 'source', it.source, 'addedAt', iso(it.added_at), 'expiresAt', iso(it.expires_at))
$$;
