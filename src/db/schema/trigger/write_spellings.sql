-- Promises that `name_spelling` has the words of every customer's names that `spelled_words` says. A known word costs one look-up. The
-- shared lock keeps a word that is known here until this transaction ends: the purge of words takes the other one before it deletes.
-- SQL by hand: triggers, for many use cases write names (a PATCH, a merge, its undo, a claim), and a misspelt search knows only these words.
create or replace function write_spellings() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  spelled text;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.tenant, 5));
  -- It loops, for a statement with a list of words would be planned anew for each list.
  foreach spelled in array spelled_words(new.first_name_key, new.last_name_key) loop
    continue when exists (
      select from name_spelling s where s.tenant = new.tenant and s.spelling = spelled and s.word = spelled);
    insert into name_spelling (tenant, spelling, word) select new.tenant, spelling, spelled from spellings_of(spelled) spelling;
  end loop;
  return null;
end $$;

create or replace trigger name_is_spelled after insert on customer
  for each row when (new.first_name_key || new.last_name_key <> '') execute function write_spellings();

create or replace trigger name_is_spelled_anew after update of first_name_key, last_name_key on customer
  for each row
  when ((old.first_name_key, old.last_name_key) is distinct from (new.first_name_key, new.last_name_key)
    and new.first_name_key || new.last_name_key <> '')
  execute function write_spellings();
