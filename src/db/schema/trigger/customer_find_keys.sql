-- All keys by which a customer is found, each a kind, a blank and a value: its own ones and those of its addresses; none unless it is
-- listed. A verified address has its domain, and a language its beginnings. Each value of the metadata has a key, also one that no setting
-- declares: settings are not in the database, and a key that is declared later must find who is there. a_own leaves out those of addresses.
-- SQL by hand: triggers call it, so its name stays.
create or replace function customer_find_keys(c customer, a_own boolean default false) returns text[]
-- A cached plan must not scan a table that was small when it was made.
language plpgsql stable set enable_seqscan = off as $$
declare
  keys text[] := '{}';
  subtags text[] := string_to_array(c.locale, '-');
  home address;
begin
  if not c.listed then return keys; end if;
  if c.phone is not null then keys := keys || ('phone ' || reverse(ltrim(c.phone, '+'))); end if;
  if c.email_verified_at is not null then keys := keys || ('domain ' || split_part(c.email_key, '@', 2)); end if;
  for n in 1 .. coalesce(cardinality(subtags), 0) loop
    keys := keys || ('locale ' || array_to_string(subtags[1:n], '-'));
  end loop;
  if c.metadata <> '{}' then
    keys := keys || array(select 'metadata ' || metadata_find_key(key, value) from jsonb_each_text(c.metadata) where value is not null);
  end if;
  if c.consents <> '{}' then
    keys := keys || array(select 'consent ' || key || ':' || value from jsonb_each_text(c.consents));
  end if;
  if a_own then return keys; end if;
  for home in select * from address where tenant = c.tenant and customer_id = c.id loop
    keys := keys || address_find_keys(home);
  end loop;
  return keys;
end $$;
