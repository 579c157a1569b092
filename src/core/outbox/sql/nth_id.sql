-- The n-th of many ids made at once, n from 0 to 1,048,575. The last twenty random bits of the first id count up (RFC 9562, 6.2), so the
-- n-th after the m-th is the one after n + m.
-- SQL by hand: a primitive that statements and functions of many nouns call.
-- May be null: nothing.
-- Never null.
create or replace function nth_id(a_first text, n int) returns text
language sql immutable parallel safe as $$
  with first as (
    select sum(strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(right(a_first, 4), 4 - place / 5, 1)) - 1 << place)::int as bits
    from unnest(array[0, 5, 10, 15]) place
  )
  select left(a_first, -4) || string_agg(
    substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + (first.bits + n >> place & 31), 1), '' order by place desc)
  from first, unnest(array[0, 5, 10, 15]) place
$$;
