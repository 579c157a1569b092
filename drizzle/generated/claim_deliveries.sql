-- What is due to an endpoint, for one worker: others find it taken until the lease is over, so a worker that dies loses nothing
-- but time. Null when there is nothing to do here. The endpoint's row is locked first: who wakes up while another lets go of the
-- endpoint waits, and then sees what that one did not.
-- May be null: nothing.
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
