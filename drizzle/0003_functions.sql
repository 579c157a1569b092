set check_function_bodies = off;
--> statement-breakpoint
-- Puts events on their way to the endpoints that asked for them, or to one of those. What was put on its way before stays as it
-- is; with a_again, what has arrived or failed sets out once more. Returns the endpoints that have something new, and how much.
create or replace function add_deliveries(
  a_tenant text, a_events text[], a_webhook text, a_first_id text, a_again boolean, a_now timestamptz
) returns table (endpoint text, added int)
language plpgsql volatile as $$
begin
  return query
  with due as (
    select w.id as webhook, e.id as event, row_number() over (order by e.id, w.id)::int - 1 as n
    from webhook w
    join event e on e.tenant = w.tenant and e.id = any(a_events) and matches_event(w.events, e.type)
    where w.tenant = a_tenant and w.status = 'enabled' and (a_webhook is null or w.id = a_webhook)
  ),
  moved as (
    insert into delivery as d (tenant, id, webhook_id, event_id, status, next_attempt_at, created_at)
    select a_tenant, nth_id(a_first_id, due.n), due.webhook, due.event, 'pending', a_now, a_now from due
    on conflict (tenant, webhook_id, event_id) do update
      set status = 'pending', step = 0, next_attempt_at = a_now, settled_at = null
      where a_again and d.status <> 'pending'
    returning d.webhook_id
  )
  select moved.webhook_id::text, count(*)::int from moved group by 1;
end $$;
--> statement-breakpoint
-- What is due to an endpoint, for one worker: others find it taken until the lease is over, so a worker that dies loses nothing
-- but time. Null when there is nothing to do here. The endpoint's row is locked first: who wakes up while another lets go of the
-- endpoint waits, and then sees what that one did not.
create or replace function claim_deliveries(
  a_tenant text, a_webhook text, a_limit int, a_now timestamptz, a_until timestamptz
) returns json
language plpgsql volatile as $$
declare
  it webhook;
  claimed json;
begin
  select * into it from webhook where tenant = a_tenant and id = a_webhook for no key update;
  if not found or it.status <> 'enabled' or it.leased_until > a_now then return null; end if;
  if it.paused_until is null or it.paused_until <= a_now then
    with taken as (
      update delivery set attempts = attempts + 1, attempted_at = a_now, next_attempt_at = a_until
      where tenant = a_tenant and id = any(array(
        select id from delivery
        where tenant = a_tenant and webhook_id = a_webhook and status = 'pending' and next_attempt_at <= a_now
        order by next_attempt_at limit a_limit))
      returning id, event_id, attempts, step)
    select json_agg(json_build_object(
        'id', taken.id, 'eventId', taken.event_id, 'attempts', taken.attempts, 'step', taken.step,
        'body', event_document(e)::text) order by taken.event_id)
      into claimed
      from taken join event e on e.tenant = a_tenant and e.id = taken.event_id;
  end if;
  if claimed is null then return json_build_object('wake', next_wake(a_tenant, a_webhook, a_now)); end if;
  update webhook set leased_until = a_until where tenant = a_tenant and id = a_webhook;
  return json_build_object(
    'url', it.url, 'secret', it.secret,
    'previousSecret', case when it.previous_secret_until > a_now then it.previous_secret end,
    'deliveries', claimed);
end $$;
--> statement-breakpoint
-- A delivery as the API shows it.
create or replace function delivery_document(d delivery) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', d.id, 'webhookId', d.webhook_id, 'eventId', d.event_id,
    'type', (select e.type from event e where e.tenant = d.tenant and e.id = d.event_id),
    'status', d.status, 'attempts', d.attempts,
    'nextAttemptAt', case when d.status = 'pending' then iso(d.next_attempt_at) end,
    'attemptedAt', iso(d.attempted_at), 'error', d.error,
    'response', case when d.response_status is not null then json_build_object(
      'status', d.response_status, 'body', d.response_body, 'durationMs', d.response_ms) end,
    'createdAt', iso(d.created_at), 'settledAt', iso(d.settled_at))
$$;
--> statement-breakpoint
-- Refuses when there is no such delivery, or nowhere to send it.
create or replace function expect_delivery(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  endpoint text;
begin
  select w.status into endpoint from delivery d join webhook w on w.tenant = d.tenant and w.id = d.webhook_id
    where d.tenant = a_tenant and d.id = a_id;
  if not found or endpoint = 'deleted' then perform refuse('delivery_not_found'); end if;
  if endpoint = 'disabled' then perform refuse('webhook_disabled'); end if;
end $$;
--> statement-breakpoint
-- Refuses when nothing can be sent to a webhook.
create or replace function expect_endpoint(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  found_status text;
begin
  select status into found_status from webhook where tenant = a_tenant and id = a_id;
  if not found or found_status = 'deleted' then perform refuse('webhook_not_found'); end if;
  if found_status = 'disabled' then perform refuse('webhook_disabled'); end if;
end $$;
--> statement-breakpoint
-- Head of every change of a webhook: waits for whoever is changing it or recording what came of its deliveries.
create or replace function lock_webhook(a_tenant text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select status, version, changed_at into it from webhook where tenant = a_tenant and id = a_id for no key update;
  if not found or it.status = 'deleted' then perform refuse('webhook_not_found'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
--> statement-breakpoint
-- Whether an endpoint that asked for these events is told of this type: by its name, by its family, or with all.
create or replace function matches_event(a_events text[], a_type text) returns boolean
language sql immutable parallel safe as $$
  select a_events && array[a_type, split_part(a_type, '.', 1) || '.*', '*']
$$;
--> statement-breakpoint
-- In how many seconds a worker should look at an endpoint again; null when nothing is due so soon that cron would be late, or
-- when a wake-up is on its way.
create or replace function next_wake(a_tenant text, a_webhook text, a_now timestamptz) returns int
language plpgsql volatile as $$
declare
  it webhook;
  due timestamptz;
begin
  select * into it from webhook where tenant = a_tenant and id = a_webhook;
  if it.status <> 'enabled' or it.leased_until > a_now then return null; end if;
  select min(next_attempt_at) into due from delivery
    where tenant = a_tenant and webhook_id = a_webhook and status = 'pending';
  if due is null then return null; end if;
  due := greatest(due, it.paused_until, a_now);
  if due > a_now + interval '1 minute' then return null; end if;
  if it.wake_at > a_now + interval '1 second' and it.wake_at <= due then return null; end if;
  update webhook set wake_at = due where tenant = a_tenant and id = a_webhook;
  return ceil(extract(epoch from due - a_now));
end $$;
--> statement-breakpoint
-- What came of the deliveries that a worker claimed until a_until: per delivery an outcome (delivered, failed, unsent), when to
-- try again (null: never), and the answer. An arrival counts whoever reports it; all else only from the worker that sent last.
-- An endpoint that is gone, or has failed for five days, is disabled, and says so. Returns when to look again, and whether there
-- is an event to tell of.
create or replace function record_deliveries(
  a_tenant text, a_webhook text, a_until timestamptz, a_results json, a_pause timestamptz, a_gone boolean,
  a_event text, a_job text, a_actor jsonb, a_now timestamptz
) returns json
language plpgsql volatile as $$
declare
  it webhook;
  last record;
  arrived boolean;
  missed boolean;
  reason text;
begin
  select * into it from webhook where tenant = a_tenant and id = a_webhook for no key update;
  update delivery d set
    status = case when r.outcome = 'delivered' then 'delivered'
      when r.outcome = 'failed' and r.next is null then 'failed' else 'pending' end,
    step = d.step + (r.outcome = 'failed')::int,
    attempts = d.attempts - (r.outcome = 'unsent')::int,
    next_attempt_at = coalesce(r.next, a_now),
    response_status = case when r.outcome = 'unsent' then d.response_status else r.status end,
    response_body = case when r.outcome = 'unsent' then d.response_body else r.body end,
    response_ms = case when r.outcome = 'unsent' then d.response_ms else r.ms end,
    error = case when r.outcome = 'unsent' then d.error else r.error end,
    settled_at = case when r.outcome = 'delivered' or r.outcome = 'failed' and r.next is null then a_now end
    from json_to_recordset(a_results)
      as r (id text, attempts int, outcome text, next timestamptz, status int, body text, ms int, error text)
    where d.tenant = a_tenant and d.id = r.id and d.status = 'pending'
      and (d.attempts = r.attempts or r.outcome = 'delivered');
  select bool_or(r.outcome = 'delivered'), bool_or(r.outcome = 'failed') into arrived, missed
    from json_to_recordset(a_results) as r (outcome text);
  select r.status, r.error into last
    from rows from (json_to_recordset(a_results) as (outcome text, status int, error text))
      with ordinality as r (outcome, status, error, n)
    where r.outcome <> 'unsent' order by r.n desc limit 1;
  update webhook set
    failing_since = case when arrived then null when missed then coalesce(failing_since, a_now) else failing_since end,
    last_at = case when arrived or missed then a_now else last_at end,
    last_status = case when arrived or missed then last.status else last_status end,
    last_error = case when arrived or missed then last.error else last_error end,
    paused_until = greatest(paused_until, a_pause),
    leased_until = case when leased_until = a_until then null else leased_until end
    where tenant = a_tenant and id = a_webhook returning * into it;
  if it.status = 'enabled' and a_gone then reason := 'gone';
  elsif it.status = 'enabled' and it.failing_since <= a_now - interval '5 days' then reason := 'failing';
  else return json_build_object('told', false, 'wake', next_wake(a_tenant, a_webhook, a_now));
  end if;
  update webhook set
    status = 'disabled', disabled_reason = reason, version = version + 1, updated_at = a_now,
    changed_at = changed_at || jsonb_build_object('status', version + 1, 'disabledReason', version + 1)
    where tenant = a_tenant and id = a_webhook;
  insert into event (tenant, id, type, data, actor, at) values (a_tenant, a_event, 'webhook.disabled',
    jsonb_build_object('webhookId', a_webhook, 'reason', reason, 'failingSince', iso(it.failing_since)), a_actor, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_tenant, a_job, 'announce', jsonb_build_object('event', a_event), a_now + interval '1 minute', a_now);
  return json_build_object('told', true);
end $$;
--> statement-breakpoint
-- One step of a replay: takes its job, sets the next so many events of its range out again, and leaves a job for the rest. The
-- range goes by moment and id, its ends are outside. Returns the endpoint, and whether there is a rest.
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
--> statement-breakpoint
-- A webhook as the API answers with it, the version beside it; null when there is none. Its secret is sealed: only those who
-- show it ask for it.
create or replace function webhook_document(a_tenant text, a_id text, a_with_secret boolean default false) returns json
language plpgsql stable parallel safe as $$
declare
  it webhook;
begin
  select * into it from webhook where tenant = a_tenant and id = a_id and status <> 'deleted';
  if not found then return null; end if;
  return json_build_object(
    'version', it.version, 'secret', case when a_with_secret then it.secret end, 'webhook', webhook_row_document(it));
end $$;
--> statement-breakpoint
-- A webhook's row as the API shows it.
create or replace function webhook_row_document(w webhook) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', w.id, 'url', w.url, 'events', w.events, 'description', w.description,
    'status', w.status, 'disabledReason', w.disabled_reason, 'failingSince', iso(w.failing_since),
    'lastAttempt', case when w.last_at is not null then json_build_object(
      'at', iso(w.last_at), 'status', w.last_status, 'error', w.last_error) end,
    'previousSecretUntil', iso(w.previous_secret_until), 'createdAt', iso(w.created_at), 'updatedAt', iso(w.updated_at))
$$;
