-- Applies many plans independently: a refused plan does not stop the others. All customers are locked first, in the order of their
-- ids. The merges of refused plans are deleted. Returns each plan's outcome and the jobs that it enqueued.
-- SQL by hand: a loop, in which each plan sees the changes of the one before it.
-- May be null: request.
-- Never null.
create or replace function apply_merges_ab0142db(
  a_tenant text, a_plans jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (outcome text, jobs text[])
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  plan jsonb;
begin
  -- Groups before customers, as everywhere: a deletion of a group waits for its members.
  perform from "group" g where g.tenant = a_tenant and g.key in (
    select planned ->> 'key' from jsonb_array_elements(a_plans) p, jsonb_array_elements(p -> 'groups') planned)
    order by g.key for key share;
  perform lock_customers_ba79649b(a_tenant, array(
    select side from jsonb_array_elements(a_plans) p, lateral (values (p ->> 'survivorId'), (p ->> 'mergedId')) of_plan (side)));
  for plan in select * from jsonb_array_elements(a_plans) loop
    outcome := apply_merge_2f72c19a(a_tenant, plan, a_currency, a_actor, a_request, a_now);
    if outcome = 'refused' then
      delete from merge where tenant = a_tenant and id = plan ->> 'merge' and state = 'pending';
    end if;
    jobs := array(select j.id from job j where outcome = 'done' and j.tenant = a_tenant and j.kind = 'announce'
      and j.id = any(array[plan ->> 'job', plan ->> 'mergedJob'] || array(
        select nth_id_63f0c25c(plan ->> 'groupJob', n) from merge u, generate_series(0,
          jsonb_array_length(plan -> 'groups') + jsonb_array_length(u.before #> '{merged,memberships}') - 1) n
        where u.tenant = a_tenant and u.id = plan ->> 'merge')));
    return next;
  end loop;
end $$;
