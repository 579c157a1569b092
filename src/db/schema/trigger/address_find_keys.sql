-- The keys by which an address finds its customer, each a kind and a value with a line break between them. Its texts are folded in the
-- column `keys`; a country and a phone need no folding.
-- SQL by hand: triggers call it, so its name stays.
create or replace function address_find_keys(a address) returns text[]
language plpgsql immutable as $$
begin
  return array(
    select case when field in ('line1', 'line2') then 'street' else field end || E'\n' || part
      from jsonb_each_text(a.keys) as keyed (field, parts), string_to_table(nullif(parts, ''), E'\n') as part
    union
    select E'country\n' || a.country
    union
    select E'phone\n' || reverse(ltrim(a.phone, '+')) where a.phone is not null
  );
end $$;
