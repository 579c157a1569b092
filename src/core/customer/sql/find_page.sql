-- Finds the page of a list: carries out the steps of its search in turn, until one has found it and answers a row. If that is nobody, and
-- the list is at its end, another statement says who may be meant.
-- SQL by hand: most pages are found by the first step, and planning all steps takes longer than running one. So the steps are texts, and
-- each is planned only when it runs. The service itself writes the texts; `format` quotes the values. a_kept says how many values the first
-- step has, if the session may keep its plan. That is done when the step comes again: planning it takes longer than running it.
-- May be null: otherwise, kept.
create or replace function find_page(a_steps text[], a_otherwise text, a_values text[], a_kept int)
returns table (ids text[], last_position json)
-- An index gives the rows in order and only as far as they are read; the planner's estimates of several conditions are far off.
language plpgsql volatile set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
  set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_generic_plan as $$
declare
  steps text[] := a_steps;
  step text;
  plan text := 'find_page_' || md5(a_steps[1]);
  seen text := coalesce(current_setting('customer.seen_pages', true), '');
  old text;
begin
  if a_kept is not null and strpos(seen, plan) = 0 then
    -- There are very many filters, and each plan takes memory: about 100 are kept.
    if length(seen) > 4300 then
      seen := '';
      for old in select p.name from pg_prepared_statements p where starts_with(p.name, 'find_page_') loop
        -- Dynamic: a name is no parameter.
        execute format('deallocate %I', old);
      end loop;
    end if;
    perform set_config('customer.seen_pages', seen || plan, false);
  elsif a_kept is not null then
    step := (select format('execute %I(%s)', plan, string_agg(quote_nullable(v), ', ')) from unnest(a_values[:a_kept]) v);
    begin
      -- Dynamic: the step depends on the filter and the order; it only reads, and the page of each filter is compared in a test.
      execute step into ids, last_position;
    exception when invalid_sql_statement_name then
      -- Dynamic: as above, with parameters in the places of the values.
      execute format('prepare %I as %s', plan,
        format(replace(steps[1], '$L', '$s'), variadic array(select '$' || n from generate_series(1, a_kept) n)));
      -- Dynamic: as above.
      execute step into ids, last_position;
    end;
    steps := steps[2:];
  end if;
  if ids is null then
    foreach step in array steps loop
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
