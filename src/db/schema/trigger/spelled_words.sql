-- The words of a customer's names that a misspelt search may mean: those by which the names are found, except numbers, single letters,
-- and words joined from several. Joined words stay behind short ones only, where writers join them: "vanderberg", "jeanpierre". In scripts
-- whose writers put no space between names (from U+0E00 on), another letter in two makes another name.
-- a_words: those of name_words.
-- SQL by hand: the trigger that writes the words calls it, so its name stays.
create or replace function spelled_words(first_key text, last_key text, a_words text[]) returns text[]
language plpgsql immutable as $$
declare
  names text[] := array[split_part(first_key, '  ', 1), split_part(last_key, '  ', 1)];
  spelled text[] := '{}';
  candidate text;
  name text;
begin
  -- A loop, because a query costs more for the few words of a name.
  <<next_word>>
  foreach candidate in array array[split_part(first_key, ' ', 1), split_part(last_key, ' ', 1)] || a_words loop
    continue when length(candidate) < 2 or length(candidate) > 30 or candidate ~ '[0-9]' or candidate = any(spelled)
      or length(candidate) = 2 and candidate ~ '[\u0e00-\U0010ffff]';
    if candidate = any(a_words) then
      foreach name in array names loop
        continue next_word when name like '% %' and right(replace(name, ' ', ''), length(candidate)) = candidate
          and length(candidate) > length(substring(name from '[^ ]+$'))
          and (candidate <> replace(name, ' ', '') or name ~ '[^ ]{5} ');
      end loop;
    end if;
    spelled := spelled || candidate;
  end loop;
  return spelled;
end $$;
