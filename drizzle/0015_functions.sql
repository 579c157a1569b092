set check_function_bodies = off;
--> statement-breakpoint
-- Looks at the next so many guests in the walk over all of them, by their addresses, and notes those that are due to be merged and
-- that no commit has noted. Whoever holds the walk's row walks; for another there is nothing to do.
create or replace function find_merges(a_tenant text, a_first text, a_now timestamptz, a_limit int)
returns table (more boolean, noted int)
language plpgsql volatile as $$
declare
  walk sweep;
  last text;
  looked int;
begin
  insert into sweep (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'merges', '', 0, 0, a_now) on conflict do nothing;
  select * into walk from sweep s where s.tenant = a_tenant and s.task = 'merges' for update skip locked;
  if not found then return; end if;
  with guest as (
    select c as it from customer c
    where c.tenant = a_tenant and c.status = 'guest' and c.email_key > walk.position
    order by c.email_key limit a_limit
  ), due as (
    -- One look-up for each, whatever statistics say.
    select account.id as survivor_id, (guest.it).id as merged_id, row_number() over () as n
    from guest cross join lateral (
      select c.id from customer c
      where c.tenant = a_tenant and c.email_key = (guest.it).email_key and c.status = 'active' and is_mergeable(c, guest.it)
      limit 1) account
  ), fresh as (
    insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at)
    select a_tenant, nth_id(a_first, due.n::int), 'pending', due.survivor_id, due.merged_id, true, a_now from due
    on conflict do nothing returning 1
  )
  select (select max((guest.it).email_key) from guest), (select count(*) from guest), (select count(*) from fresh)
    into last, looked, noted;
  more := looked = a_limit;
  update sweep s set
    position = case when more then last else '' end,
    examined = case when more then s.examined + looked else 0 end,
    hits = case when more then s.hits + noted else 0 end,
    started_at = case when more then s.started_at else a_now end
    where s.tenant = a_tenant and s.task = 'merges';
  return next;
end $$;
--> statement-breakpoint
-- Carries out many plans, each for itself: what one of them refuses does not stop the others. All customers are locked at once, in
-- the order of their ids. Plans that must not be are forgotten. Returns each plan's end and the announcements it left.
create or replace function merge_batch(
  a_tenant text, a_plans jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (outcome text, jobs text[])
-- Everything here is found by a key. A plan made for tables as small as statistics still believe them would read them whole.
language plpgsql volatile set enable_seqscan = off as $$
declare
  plan jsonb;
begin
  perform lock_customers(a_tenant, array(
    select side from jsonb_array_elements(a_plans) p, lateral (values (p ->> 'survivorId'), (p ->> 'mergedId')) of_plan (side)));
  for plan in select * from jsonb_array_elements(a_plans) loop
    outcome := merge_customers(a_tenant, plan, a_currency, a_actor, a_request, a_now);
    if outcome = 'refused' then
      delete from merge where tenant = a_tenant and id = plan ->> 'merge' and state = 'pending';
    end if;
    jobs := array(select j.id from job j where outcome = 'done' and j.tenant = a_tenant and j.kind = 'announce'
      and j.id = any(array[plan ->> 'job', plan ->> 'mergedJob'] || array(
        select nth_id(plan ->> 'groupJob', n) from generate_series(0, jsonb_array_length(plan -> 'groups') - 1) n)));
    return next;
  end loop;
end $$;
