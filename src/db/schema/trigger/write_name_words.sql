-- Promises that `name_word` has the words of a customer's names, which `name_words` says, and that the dictionary `name_spelling` has the
-- words of every customer's names that `spelled_words` says: each under itself and, from three letters on, under itself with one letter
-- less. A known word costs one look-up. The shared lock keeps a word that is known here until this transaction ends: the purge of words takes
-- the other one before it deletes, so nothing is taken out of the dictionary here.
-- SQL by hand: triggers, because many use cases write names: a PATCH, a merge, its undo, a claim. Search finds only these words.
create or replace function write_name_words() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  -- What names of several words, and of scripts without spaces, have: others need no words besides the names.
  several text := '[ \u0e00-\U0010ffff]';
  before text[] := '{}';
  now text[] := '{}';
  changed_word text;
  nothing text;
begin
  if tg_op <> 'INSERT' and old.first_name_key || old.last_name_key ~ several then
    before := name_words(old.first_name_key, old.last_name_key);
  end if;
  if tg_op <> 'DELETE' and new.first_name_key || new.last_name_key ~ several then
    now := name_words(new.first_name_key, new.last_name_key);
  end if;
  -- It loops, for a statement with a list of words would be planned anew for each list.
  foreach changed_word in array before loop
    continue when changed_word = any(now);
    delete from name_word where tenant = old.tenant and customer_id = old.id and word = changed_word;
  end loop;
  foreach changed_word in array now loop
    continue when changed_word = any(before);
    insert into name_word (tenant, word, customer_id) values (new.tenant, changed_word, new.id) on conflict do nothing;
  end loop;
  if tg_op = 'DELETE' then return null; end if;
  -- An assignment, for "perform" runs a query.
  nothing := pg_advisory_xact_lock_shared(hashtextextended(new.tenant, 5))::text;
  foreach changed_word in array spelled_words(new.first_name_key, new.last_name_key, now) loop
    continue when exists (
      select from name_spelling s where s.tenant = new.tenant and s.spelling = changed_word and s.word = changed_word);
    insert into name_spelling (tenant, spelling, word)
      select new.tenant, changed_word, changed_word
      union
      select new.tenant, left(changed_word, at - 1) || substr(changed_word, at + 1), changed_word
        from generate_series(1, length(changed_word)) at where length(changed_word) > 2;
  end loop;
  return null;
end $$;

create or replace trigger name_is_written after insert on customer
  for each row when (new.first_name_key || new.last_name_key <> '') execute function write_name_words();

create or replace trigger name_is_rewritten after update of first_name_key, last_name_key on customer
  for each row when ((old.first_name_key, old.last_name_key) is distinct from (new.first_name_key, new.last_name_key))
  execute function write_name_words();

create or replace trigger name_is_gone after delete on customer
  for each row when (old.first_name_key || old.last_name_key ~ '[ \u0e00-\U0010ffff]') execute function write_name_words();
