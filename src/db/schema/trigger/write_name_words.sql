-- Promises that `name_word` has every word by which a customer's names are found, except those that begin another or one of the names:
-- the columns of the names have indexes of their own. Letters from Thai on (U+0E00) include all scripts whose writers put no space between the names
-- of a person: such names are found joined, in both orders. Two names of one word each have none but themselves, so nothing runs for them.
-- SQL by hand: triggers, for many use cases write names (a PATCH, a merge, its undo, a claim), and search finds only these words.
create or replace function write_name_words() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  -- Words that may be there.
  before text[] := '{}';
  now text[] := '{}';
  first_joint text;
  last_joint text;
  changed_word text;
begin
  if tg_op <> 'INSERT' then
    first_joint := replace(split_part(old.first_name_key, '  ', 1), ' ', '');
    last_joint := replace(split_part(old.last_name_key, '  ', 1), ' ', '');
    before := string_to_array(old.first_name_key || ' ' || old.last_name_key, ' ');
    if old.first_name_key || old.last_name_key ~ '[\u0e00-\U0010ffff]' then
      before := before || array[last_joint || first_joint, first_joint || last_joint];
    end if;
  end if;
  if tg_op <> 'DELETE' then
    first_joint := replace(split_part(new.first_name_key, '  ', 1), ' ', '');
    last_joint := replace(split_part(new.last_name_key, '  ', 1), ' ', '');
    now := string_to_array(new.first_name_key || ' ' || new.last_name_key, ' ');
    if new.first_name_key || new.last_name_key ~ '[\u0e00-\U0010ffff]' then
      now := now || array[last_joint || first_joint, first_joint || last_joint];
    end if;
    now := array(
      select w from unnest(now) w
      where not starts_with(new.first_name_key, w) and not starts_with(new.last_name_key, w)
        and not exists (select from unnest(now) longer where longer <> w and starts_with(longer, w))
    );
  end if;
  -- It loops, for a statement with a list of words would be planned anew for each list.
  foreach changed_word in array before loop
    continue when changed_word = any(now);
    delete from name_word where tenant = old.tenant and customer_id = old.id and word = changed_word;
  end loop;
  foreach changed_word in array now loop
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
