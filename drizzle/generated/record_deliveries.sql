-- What came of the deliveries that a worker claimed until a_until: per delivery an outcome (delivered, failed, unsent), when to
-- try again (null: never), and the answer. An arrival counts whoever reports it; all else only from the worker that sent last.
-- An endpoint that is gone, or has failed for five days, is disabled, and says so. Returns when to look again, and whether there
-- is an event to tell of.
-- May be null: pause.
-- Never null.
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
