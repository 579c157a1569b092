-- What was spent per currency as the API lists it.
create or replace function spent_document(a_spent jsonb) returns json
language sql immutable parallel safe as $$
  select coalesce(json_agg(json_build_object(
    'currency', part.key, 'amount', part.value -> 'amount', 'orders', part.value -> 'orders') order by part.key), '[]')
  from jsonb_each(a_spent) part
$$;
