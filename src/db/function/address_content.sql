-- What a person wrote, without what the service noted.
create or replace function address_content(a address) returns jsonb
language sql stable parallel safe as $$
  select to_jsonb(a) - array['customer_id', 'unproven', 'version', 'changed_at', 'created_at', 'updated_at']
$$;
