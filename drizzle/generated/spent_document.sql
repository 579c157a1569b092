-- What was spent per currency as the API lists it. Its text is rewritten, which takes a fifth of taking it apart and putting it together
-- again: jsonb orders keys and always spaces them alike, and there is nothing in it but currencies and numbers.
-- May be null: nothing.
-- Never null.
create or replace function spent_document(a_spent jsonb) returns json
language sql immutable parallel safe as $$
  select case when a_spent = '{}' then json '[]' else
    ('[{"currency":' || substr(rtrim(replace(replace(a_spent::text, ': {', ','), '}, ', '},{"currency":'), '}'), 2) || '}]')::json end
$$;
