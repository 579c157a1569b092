-- The n-th of many ids made at once, n from 0 to 1,048,575: the first with its last twenty random bits counting (RFC 9562, 6.2).
-- SQL by hand: a primitive that statements and functions of many nouns call.
-- May be null: nothing.
-- Never null.
create or replace function nth_id(a_first text, n int) returns text
language sql immutable parallel safe as $$
  select left(a_first, -4) || string_agg(
    substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + (n >> place & 31), 1), '' order by place desc)
  from unnest(array[0, 5, 10, 15]) place
$$;
