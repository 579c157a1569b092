-- A moment as RFC 3339 writes it, to the millisecond.
create or replace function iso(a_moment timestamptz) returns text
language sql stable parallel safe as $$
  select to_char(a_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
