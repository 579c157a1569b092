-- The keys by which an address finds its customer: its texts, which are folded in the column `keys`, its country and its phone.
-- SQL by hand: triggers call it, so its name stays.
create or replace function address_find_keys(a address) returns text[]
language plpgsql immutable as $$
begin
  return string_to_array(concat_ws(E'\n', nullif(a.keys ->> 'city', ''), nullif(a.keys ->> 'postalCode', ''), nullif(a.keys ->> 'line1', ''),
    nullif(a.keys ->> 'line2', ''), nullif(a.keys ->> 'company', ''), 'country ' || a.country, 'phone ' || reverse(ltrim(a.phone, '+'))), E'\n');
end $$;
