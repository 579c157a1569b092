-- Refuses when a reader's copy is stale, and says in which fields. A reader that names no version is content with any.
-- May be null: read.
create or replace function refuse_stale(a_read int, a_version int, a_changed_at jsonb) returns void
language plpgsql volatile as $$
begin
  if a_read <> a_version then
    perform refuse('precondition_failed', (
      select coalesce(string_agg(field.key, ',' order by field.key), '')
      from jsonb_each(a_changed_at) field where field.value::int > a_read));
  end if;
end $$;
