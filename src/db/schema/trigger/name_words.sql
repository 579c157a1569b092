-- The words by which a customer's names are found, except the first of each name: the columns of the names have indexes of their own. A word
-- that is joined from others is left out if another one begins with it; a plain one is not, for a typo is looked up as the whole word.
-- Letters from Thai on (U+0E00) include all scripts whose writers put no space between the names of a person: such names are found
-- joined, in both orders.
-- SQL by hand: the trigger that writes the words needs those of the old names and of the new ones.
create or replace function name_words(first_key text, last_key text) returns text[]
language plpgsql immutable as $$
declare
  words text[] := string_to_array(first_key || ' ' || last_key, ' ');
  plain text[] := string_to_array(split_part(first_key, '  ', 1) || ' ' || split_part(last_key, '  ', 1), ' ');
  first_joint text;
  last_joint text;
begin
  if first_key || last_key ~ '[\u0e00-\U0010ffff]' then
    first_joint := replace(split_part(first_key, '  ', 1), ' ', '');
    last_joint := replace(split_part(last_key, '  ', 1), ' ', '');
    words := words || array[last_joint || first_joint, first_joint || last_joint];
  end if;
  return array(
    select distinct w from unnest(words) w
    where w <> '' and case when w = any(plain) then w <> split_part(first_key, ' ', 1) and w <> split_part(last_key, ' ', 1)
      else not starts_with(first_key, w) and not starts_with(last_key, w)
        and not exists (select from unnest(words) longer where longer <> w and starts_with(longer, w)) end
  );
end $$;
