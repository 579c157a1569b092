-- Promises that `name_word` holds every word of a customer's names but the first of the first name and the first of the last name: the
-- columns of those have indexes of their own.
-- SQL by hand: triggers, for many use cases write names (a PATCH, a merge, its undo, a claim), and search finds only what stands here.
create or replace function write_name_words() returns trigger
language plpgsql volatile as $$
declare
  before text[] := '{}';
  now text[] := '{}';
  one text;
begin
  if tg_op <> 'INSERT' then
    before := (string_to_array(old.first_name_key, ' '))[2:] || (string_to_array(old.last_name_key, ' '))[2:];
  end if;
  if tg_op <> 'DELETE' then
    now := (string_to_array(new.first_name_key, ' '))[2:] || (string_to_array(new.last_name_key, ' '))[2:];
  end if;
  -- A loop, for a statement with a list of words is planned anew for each list.
  foreach one in array before loop
    continue when one = any(now);
    delete from name_word where tenant = old.tenant and customer_id = old.id and word = one;
  end loop;
  foreach one in array now loop
    continue when one = any(before);
    insert into name_word (tenant, word, customer_id) values (new.tenant, one, new.id) on conflict do nothing;
  end loop;
  return null;
end $$;

create or replace trigger name_is_written after insert on customer
  for each row when (strpos(new.first_name_key || new.last_name_key, ' ') > 0) execute function write_name_words();

create or replace trigger name_is_rewritten after update of first_name_key, last_name_key on customer
  for each row when ((old.first_name_key, old.last_name_key) is distinct from (new.first_name_key, new.last_name_key))
  execute function write_name_words();

create or replace trigger name_is_gone after delete on customer
  for each row when (strpos(old.first_name_key || old.last_name_key, ' ') > 0) execute function write_name_words();
