-- An event as the feed shows it and as webhooks carry it.
create or replace function event_document(e event) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', e.id, 'type', e.type, 'timestamp', iso(e.at), 'sequence', e.sequence,
    'actor', e.actor, 'requestId', e.request_id, 'data', e.data)
$$;
