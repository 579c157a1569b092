-- The words of a customer's names that a misspelt search may mean: those by which the names are found, except numbers, single letters,
-- and words joined from several. Joined words stay behind short ones only, where writers join them: "vanderberg", "jeanpierre". In scripts
-- whose writers put no space between names (from U+0E00 on), another letter in two makes another name.
-- SQL by hand: the trigger that writes the words calls it, so its name stays.
create or replace function spelled_words(first_key text, last_key text) returns text[]
language plpgsql immutable as $$
declare
  words text[] := array[split_part(first_key, ' ', 1), split_part(last_key, ' ', 1)];
begin
  -- Most names are of one plain word each, and need no query.
  if first_key || last_key !~ '[ 0-9\u0e00-\U0010ffff]'
    and length(first_key) between 2 and 30 and length(last_key) between 2 and 30 then
    return words;
  end if;
  if first_key || last_key ~ '[ \u0e00-\U0010ffff]' then
    words := words || array(
      select w from unnest(name_words(first_key, last_key)) w
      where not exists (
        select from unnest(array[split_part(first_key, '  ', 1), split_part(last_key, '  ', 1)]) name
        where name like '% %' and right(replace(name, ' ', ''), length(w)) = w
          and length(w) > length(substring(name from '[^ ]+$'))
          and (w <> replace(name, ' ', '') or name ~ '[^ ]{5} ')
      )
    );
  end if;
  return array(
    select distinct w from unnest(words) w
    where length(w) between case when w ~ '[\u0e00-\U0010ffff]' then 3 else 2 end and 30 and w !~ '[0-9]' order by w
  );
end $$;
