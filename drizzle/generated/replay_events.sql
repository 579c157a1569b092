-- One step of a replay: takes its job, sets the next so many events of its range out again, and leaves a job for the rest. The
-- range goes by moment and id, its ends are outside. Returns the endpoint, and whether there is a rest.
-- May be null: nothing.
-- Never null.
create or replace function replay_events(
  a_tenant text, a_job text, a_next_job text, a_first_delivery text, a_limit int, a_now timestamptz
) returns json
language plpgsql volatile as $$
declare
  range jsonb;
  ids text[];
  last event;
begin
  delete from job where tenant = a_tenant and id = a_job returning payload into range;
  if not found then perform refuse('job_done'); end if;
  ids := array(
    select e.id from event e
    where e.tenant = a_tenant
      and (e.at, e.id) > ((range ->> 'afterAt')::timestamptz, range ->> 'afterId' collate "C")
      and (e.at, e.id) < ((range ->> 'beforeAt')::timestamptz, range ->> 'beforeId' collate "C")
    order by e.at, e.id limit a_limit);
  perform add_deliveries(a_tenant, ids, range ->> 'webhook', a_first_delivery, true, a_now);
  if cardinality(ids) = a_limit then
    select * into last from event where tenant = a_tenant and id = ids[a_limit];
    insert into job (tenant, id, kind, payload, due_at, created_at)
    values (a_tenant, a_next_job, 'replay', range || jsonb_build_object('afterAt', last.at, 'afterId', last.id),
      a_now + interval '1 minute', a_now);
  end if;
  return json_build_object('webhook', range ->> 'webhook', 'more', cardinality(ids) = a_limit);
end $$;
