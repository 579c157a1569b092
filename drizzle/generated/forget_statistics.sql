-- Reads the values anew that the planner keeps of columns, so that none stays of a row that is gone. ANALYZE leaves an empty table alone, so
-- what is kept of its columns is cleared; PostgreSQL can do that from version 18 on. a_columns: the columns of each table.
-- SQL by hand: it runs ANALYZE for tables whose names are parameters.
-- May be null: nothing.
create or replace function forget_statistics_f9b57724(a_columns jsonb) returns void
language plpgsql volatile as $$
declare
  analysed text;
  columns text[];
  one text;
  is_empty boolean;
begin
  for analysed, columns in
    select key, array(select jsonb_array_elements_text(value)) from jsonb_each(a_columns) order by key
  loop
    -- Dynamic: the table is a value.
    execute format('select not exists (select from %I)', analysed) into is_empty;
    if not is_empty then
      -- Dynamic: the table and its columns are values.
      execute format('analyze %I (%s)', analysed, (select string_agg(quote_ident(name), ', ') from unnest(columns) name));
      continue;
    end if;
    continue when current_setting('server_version_num')::int < 180000;
    foreach one in array columns loop
      -- Dynamic: older servers have no such function.
      execute 'select pg_catalog.pg_clear_attribute_stats(current_schema, $1, $2, false)' using analysed, one;
    end loop;
  end loop;
end $$;
