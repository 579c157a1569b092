-- RFC 7396 for a flat object: null removes.
-- May be null: nothing.
-- Never null.
create or replace function merge_patch(a_target jsonb, a_patch jsonb) returns jsonb
language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(field.key, field.value), '{}')
  from jsonb_each(a_target || a_patch) field where field.value <> 'null'::jsonb
$$;
