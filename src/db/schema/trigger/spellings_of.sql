-- The spellings under which the dictionary has a word: its own and, from three letters on, each with one letter less.
-- SQL by hand: the trigger that writes spellings calls it, so its name stays.
create or replace function spellings_of(word text) returns setof text
language sql immutable as $$
  select word
  union
  select left(word, at - 1) || substr(word, at + 1) from generate_series(1, length(word)) at where length(word) > 2
$$;
