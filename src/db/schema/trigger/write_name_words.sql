-- Promises that `name_word` has the words of a customer's names, which `name_words` says. Two names of one word each have none, so
-- nothing runs for them.
-- SQL by hand: triggers, for many use cases write names (a PATCH, a merge, its undo, a claim), and search finds only these words.
create or replace function write_name_words() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  before text[] := '{}';
  now text[] := '{}';
  changed_word text;
begin
  if tg_op <> 'INSERT' then before := name_words(old.first_name_key, old.last_name_key); end if;
  if tg_op <> 'DELETE' then now := name_words(new.first_name_key, new.last_name_key); end if;
  -- It loops, for a statement with a list of words would be planned anew for each list.
  foreach changed_word in array before loop
    continue when changed_word = any(now);
    delete from name_word where tenant = old.tenant and customer_id = old.id and word = changed_word;
  end loop;
  foreach changed_word in array now loop
    continue when changed_word = any(before);
    insert into name_word (tenant, word, customer_id) values (new.tenant, changed_word, new.id) on conflict do nothing;
  end loop;
  return null;
end $$;

create or replace trigger name_is_written after insert on customer
  for each row when (new.first_name_key || new.last_name_key ~ '[ \u0e00-\U0010ffff]') execute function write_name_words();

create or replace trigger name_is_rewritten after update of first_name_key, last_name_key on customer
  for each row
  when ((old.first_name_key, old.last_name_key) is distinct from (new.first_name_key, new.last_name_key)
    and (old.first_name_key || old.last_name_key || new.first_name_key || new.last_name_key) ~ '[ \u0e00-\U0010ffff]')
  execute function write_name_words();

create or replace trigger name_is_gone after delete on customer
  for each row when (old.first_name_key || old.last_name_key ~ '[ \u0e00-\U0010ffff]') execute function write_name_words();
