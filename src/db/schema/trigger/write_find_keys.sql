-- Promises that `find_key` has the keys of each customer, which `customer_find_keys` says. A key that does not change is not written.
-- SQL by hand: triggers, because many use cases write addresses, phones, languages, metadata, statuses and proofs: a PATCH, a merge, its
-- undo, a claim. Filters find only these keys. The customer is locked before its other keys are read. So two transactions that change two
-- of its addresses see each other.
create or replace function write_find_keys() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  a_tenant text := coalesce(new.tenant, old.tenant);
  was_of text;
  is_of text;
  before text[] := '{}';
  now text[] := '{}';
  owner text;
  gone text[];
  fresh text[];
  is_listed boolean := true;
  is_own boolean := false;
  held text[];
  lost text;
begin
  -- Most addresses are new, and nothing is taken away.
  if tg_table_name = 'address' and tg_op = 'INSERT' then
    perform from customer where tenant = new.tenant and id = new.customer_id and listed for no key update;
    if found then
      insert into find_key (tenant, kind, value, customer_id)
        select new.tenant, split_part(made, ' ', 1), substr(made, strpos(made, ' ') + 1), new.customer_id
        from unnest(address_find_keys(new)) made
        on conflict do nothing;
    end if;
    return null;
  end if;
  if tg_table_name = 'address' then
    if tg_op <> 'INSERT' then was_of := old.customer_id; before := address_find_keys(old); end if;
    if tg_op <> 'DELETE' then is_of := new.customer_id; now := address_find_keys(new); end if;
  else
    -- Addresses keep their keys as long as the customer is listed.
    is_own := tg_op = 'UPDATE' and old.listed and new.listed;
    if tg_op <> 'INSERT' then was_of := old.id; before := customer_find_keys(old, is_own); end if;
    if tg_op <> 'DELETE' then is_of := new.id; now := customer_find_keys(new, is_own); end if;
  end if;
  for owner, gone, fresh in
    select side.of,
      array(select unnest(side.had) except select unnest(side.has)),
      array(select unnest(side.has) except select unnest(side.had))
    from (values
      (was_of, before, case when was_of = is_of then now else '{}' end),
      (case when is_of is distinct from was_of then is_of end, '{}'::text[], now)) side (of, had, has)
    where side.of is not null
  loop
    continue when gone = '{}' and fresh = '{}';
    if tg_table_name = 'address' then
      select listed into is_listed from customer where tenant = a_tenant and id = owner for no key update;
    end if;
    if is_listed then
      insert into find_key (tenant, kind, value, customer_id)
        select a_tenant, split_part(made, ' ', 1), substr(made, strpos(made, ' ') + 1), owner from unnest(fresh) made
        on conflict do nothing;
    end if;
    continue when gone = '{}';
    held := now;
    if is_own or tg_table_name = 'address' then
      held := coalesce((select customer_find_keys(c) from customer c where tenant = a_tenant and id = owner), '{}');
    end if;
    -- It loops, for a statement with a list of keys would be planned anew for each list.
    foreach lost in array gone loop
      continue when lost = any(held);
      delete from find_key where tenant = a_tenant and kind = split_part(lost, ' ', 1)
        and value = substr(lost, strpos(lost, ' ') + 1) and customer_id = owner;
    end loop;
  end loop;
  return null;
end $$;

create or replace trigger address_is_found after insert on address
  for each row execute function write_find_keys();

create or replace trigger address_is_found_anew after update of customer_id, keys, country, phone on address
  for each row when ((old.customer_id, old.keys, old.country, old.phone) is distinct from (new.customer_id, new.keys, new.country, new.phone))
  execute function write_find_keys();

create or replace trigger address_is_lost after delete on address
  for each row execute function write_find_keys();

create or replace trigger customer_is_found after insert on customer
  for each row when (new.phone is not null or new.locale is not null or new.email_verified_at is not null or new.metadata <> '{}' or new.consents <> '{}')
  execute function write_find_keys();

create or replace trigger customer_is_found_anew after update of phone, locale, email_key, email_verified_at, metadata, consents, status on customer
  for each row when (
    (old.phone, old.locale, old.email_key, old.email_verified_at is null, old.metadata, old.consents, old.listed)
      is distinct from (new.phone, new.locale, new.email_key, new.email_verified_at is null, new.metadata, new.consents, new.listed))
  execute function write_find_keys();

create or replace trigger customer_is_lost after delete on customer
  for each row execute function write_find_keys();
