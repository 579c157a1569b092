-- A dead letter as the API shows it. What its job was about stays inside.
create or replace function dead_letter_document(d dead_letter) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', d.id, 'queue', d.queue, 'kind', d.kind, 'message', d.body, 'attempts', d.attempts,
    'createdAt', iso(d.created_at), 'replayedAt', iso(d.replayed_at))
$$;
