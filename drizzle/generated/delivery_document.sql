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
