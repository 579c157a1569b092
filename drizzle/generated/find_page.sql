-- Finds the page of a list: carries out the steps of its search in turn, until one has found it and answers a row. If that is nobody, and
-- the list is at its end, another statement says who may be meant.
-- SQL by hand: most pages are found by the first step, and planning all steps takes longer than running one. So the steps are texts, and
-- each is planned only when it runs. The service itself writes the texts; `format` quotes the values.
-- May be null: otherwise.
create or replace function find_page_18cba40e(a_steps text[], a_otherwise text, a_values text[])
returns table (ids text[], last_position json)
-- An index gives the rows in order and only as far as they are read; the planner's estimates of several conditions are far off.
language plpgsql volatile set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
  set max_parallel_workers_per_gather = 0 as $$
declare
  step text;
begin
  foreach step in array a_steps loop
    -- Dynamic: the step depends on the filter and the order; it only reads, and the page of each filter is compared in a test.
    execute format(step, variadic a_values) into ids, last_position;
    exit when ids is not null;
  end loop;
  if a_otherwise is not null and ids = '{}' and last_position is null then
    -- Dynamic: as above.
    execute format(a_otherwise, variadic a_values) into ids, last_position;
  end if;
  return next;
end $$;
