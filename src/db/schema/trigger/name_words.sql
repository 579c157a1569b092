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
  -- The first words, which need no entry.
  found_by_name text[] := array['', split_part(first_key, ' ', 1), split_part(last_key, ' ', 1)];
  first_joint text;
  last_joint text;
  kept text[] := '{}';
  candidate text;
  longer text;
begin
  if first_key || last_key ~ '[\u0e00-\U0010ffff]' then
    first_joint := replace(split_part(first_key, '  ', 1), ' ', '');
    last_joint := replace(split_part(last_key, '  ', 1), ' ', '');
    words := words || array[last_joint || first_joint, first_joint || last_joint];
  end if;
  -- A loop, because a query costs more for the few words of a name.
  <<next_word>>
  foreach candidate in array words loop
    continue when candidate = any(found_by_name) or candidate = any(kept);
    if candidate <> all(plain) then
      continue when starts_with(first_key, candidate) or starts_with(last_key, candidate);
      foreach longer in array words loop
        continue next_word when longer <> candidate and starts_with(longer, candidate);
      end loop;
    end if;
    kept := kept || candidate;
  end loop;
  return kept;
end $$;
