-- A group as the API shows it.
create or replace function group_row_document(it "group") returns json
language sql stable parallel safe as $$
  select json_build_object(
    'key', it.key, 'name', it.name, 'description', it.description, 'metadata', it.metadata,
    'createdAt', iso(it.created_at), 'updatedAt', iso(it.updated_at))
$$;
