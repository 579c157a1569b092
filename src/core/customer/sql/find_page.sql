-- Finds the page of a list: carries out the steps of its search in turn, until one has found it and answers a row. If that is nobody, and
-- the list is at its end, another statement says who may be meant.
-- SQL by hand: most pages are found by the first step, and planning all steps takes longer than running one. So the steps are texts, and
-- each is planned only when it runs. The plan of the kept step stays in the session, because planning it takes longer than running it. The
-- service itself writes the texts; `format` quotes the values.
-- May be null: kept, otherwise.
create or replace function find_page(a_kept text, a_kept_values text[], a_steps text[], a_otherwise text, a_values text[])
returns table (ids text[], last_position json)
-- An index gives the rows in order and only as far as they are read; the planner's estimates of several conditions are far off.
language plpgsql volatile set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
  set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_generic_plan as $$
declare
  step text;
  plan text := 'find_page_' || md5(a_kept);
  old text;
begin
  if a_kept is not null then
    step := format('execute %I(%s)', plan, (select string_agg(quote_nullable(v), ', ') from unnest(a_kept_values) v));
    begin
      -- Dynamic: the step depends on the filter and the order; it only reads, and the page of each filter is compared in a test.
      execute step into ids, last_position;
    exception when invalid_sql_statement_name then
      -- There are very many filters, and each plan takes memory.
      if (select count(*) from pg_prepared_statements p where starts_with(p.name, 'find_page_')) >= 100 then
        for old in select p.name from pg_prepared_statements p where starts_with(p.name, 'find_page_') loop
          -- Dynamic: a name is no parameter.
          execute format('deallocate %I', old);
        end loop;
      end if;
      -- Dynamic: as above.
      execute format('prepare %I as %s', plan, a_kept);
      -- Dynamic: as above.
      execute step into ids, last_position;
    end;
  end if;
  if ids is null then
    foreach step in array a_steps loop
      -- Dynamic: as above.
      execute format(step, variadic a_values) into ids, last_position;
      exit when ids is not null;
    end loop;
  end if;
  if a_otherwise is not null and ids = '{}' and last_position is null then
    -- Dynamic: as above.
    execute format(a_otherwise, variadic a_values) into ids, last_position;
  end if;
  return next;
end $$;
