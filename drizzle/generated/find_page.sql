-- Finds the page of a list: carries out the steps of its search in turn, until one has found it. A step that does not find the page answers
-- no row, or how far it has come; the steps after it go on from there. What they have found is nobody, and the list is at its end: then
-- another statement says who may be meant.
-- SQL by hand: most pages are found by the first step, and planning all steps takes longer than carrying out one. So the others are texts,
-- which are planned when it is their turn. They are made of the service's own texts; values are quoted by `format`, where the first
-- value is the position to go on from.
-- May be null: otherwise.
create or replace function find_page_ef0ef70a(a_steps text[], a_otherwise text, a_values text[])
returns table (ids text[], last_position json)
-- An index gives the rows in order and only as far as they are read; the planner's estimates of several conditions are far off.
language plpgsql volatile set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
  set max_parallel_workers_per_gather = 0 as $$
declare
  step text;
  step_ids text[];
  step_position json;
  is_found boolean;
begin
  ids := '{}';
  foreach step in array a_steps loop
    -- Dynamic: the step depends on the filter and the order; it only reads, and the page of each filter is compared in a test.
    execute format(step, variadic array[last_position::text] || a_values) into step_ids, step_position, is_found;
    continue when step_ids is null;
    ids := step_ids;
    last_position := step_position;
    exit when is_found;
  end loop;
  if a_otherwise is not null and ids = '{}' and last_position is null then
    -- Dynamic: as above.
    execute format(a_otherwise, variadic array[null::text] || a_values) into ids, last_position;
  end if;
  return next;
end $$;
