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
