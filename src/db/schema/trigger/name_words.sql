-- The words by which a customer's names are found, except those that begin another word or one of the names: the columns of the names
-- have indexes of their own. Letters from Thai on (U+0E00) include all scripts whose writers put no space between the names of a person:
-- such names are found joined, in both orders.
-- SQL by hand: the trigger that writes the words needs those of the old names and of the new ones.
create or replace function name_words(first_key text, last_key text) returns text[]
language plpgsql immutable as $$
declare
  words text[] := string_to_array(first_key || ' ' || last_key, ' ');
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
    where not starts_with(first_key, w) and not starts_with(last_key, w)
      and not exists (select from unnest(words) longer where longer <> w and starts_with(longer, w))
  );
end $$;
