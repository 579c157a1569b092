-- Applies many plans, each for itself: what one of them refuses does not stop the others. All customers are locked at once, in
-- the order of their ids. Plans that must not be are forgotten. Returns each plan's outcome and the jobs it left.
-- SQL by hand: a loop, in which each plan meets what the one before it has done.
-- May be null: request.
-- Never null.
create or replace function apply_merges_a51ab05e(
  a_tenant text, a_plans jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (outcome text, jobs text[])
-- Everything here is found by a key. A plan made for tables as small as statistics still believe them would read them whole.
language plpgsql volatile set enable_seqscan = off as $$
declare
  plan jsonb;
begin
  perform lock_customers_8a964dfc(a_tenant, array(
    select side from jsonb_array_elements(a_plans) p, lateral (values (p ->> 'survivorId'), (p ->> 'mergedId')) of_plan (side)));
  for plan in select * from jsonb_array_elements(a_plans) loop
    outcome := apply_merge_901df0fd(a_tenant, plan, a_currency, a_actor, a_request, a_now);
    if outcome = 'refused' then
      delete from merge where tenant = a_tenant and id = plan ->> 'merge' and state = 'pending';
    end if;
    jobs := array(select j.id from job j where outcome = 'done' and j.tenant = a_tenant and j.kind = 'announce'
      and j.id = any(array[plan ->> 'job', plan ->> 'mergedJob'] || array(
        select nth_id_a0300ef4(plan ->> 'groupJob', n) from generate_series(0, jsonb_array_length(plan -> 'groups') - 1) n)));
    return next;
  end loop;
end $$;
