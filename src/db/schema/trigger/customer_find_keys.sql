-- All keys by which a customer is found: its own ones and those of its addresses; none unless it is listed. A verified address has its
-- domain, and a language its beginnings.
-- SQL by hand: triggers call it, so its name stays.
create or replace function customer_find_keys(c customer) returns text[]
-- A cached plan must not scan a table that was small when it was made.
language plpgsql stable set enable_seqscan = off as $$
declare
  subtags text[] := string_to_array(c.locale, '-');
begin
  if not c.listed then return '{}'; end if;
  return array(
    select E'phone\n' || reverse(ltrim(c.phone, '+')) where c.phone is not null
    union
    select E'domain\n' || split_part(c.email_key, '@', 2) where c.email_verified_at is not null
    union
    select E'locale\n' || array_to_string(subtags[1:n], '-') from generate_series(1, cardinality(subtags)) n
    union
    select unnest(address_find_keys(a)) from address a where a.tenant = c.tenant and a.customer_id = c.id
  );
end $$;
