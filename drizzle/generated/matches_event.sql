-- Whether an endpoint that asked for these events is told of this type: by its name, by its family, or with all.
create or replace function matches_event(a_events text[], a_type text) returns boolean
language sql immutable parallel safe as $$
  select a_events && array[a_type, split_part(a_type, '.', 1) || '.*', '*']
$$;
