-- When an id was made, to the millisecond: its first ten digits are 48 bits of time (TypeID over UUIDv7, RFC 9562).
-- SQL by hand: a trigger calls it, so its name stays.
create or replace function id_moment(a_id text) returns timestamptz
language sql immutable strict parallel safe as $$
  select to_timestamp((
    (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 1, 1))::bigint << 45)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 2, 1))::bigint << 40)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 3, 1))::bigint << 35)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 4, 1))::bigint << 30)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 5, 1))::bigint << 25)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 6, 1))::bigint << 20)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 7, 1))::bigint << 15)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 8, 1))::bigint << 10)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 9, 1))::bigint << 5)
  + strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 10, 1))) / 1000.0)
$$;
