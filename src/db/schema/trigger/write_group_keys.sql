-- Promises that a customer's group_keys are the keys of its memberships, in order; a change that a reader sees is stamped with the next
-- version.
-- SQL by hand: triggers, because memberships begin and end in many ways: by staff, by expiry, by a merge, its undo, and the end of a group.
-- They run for each row, because a statement that changes many memberships has locked their customers in the order of their ids. The
-- customer is locked before its memberships are read. So two transactions that add one customer to two groups see each other.
create or replace function write_group_keys() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  affected record;
  noted text[];
  keys text[];
begin
  for affected in
    select old.tenant, old.customer_id where tg_op <> 'INSERT'
    union all
    select new.tenant, new.customer_id
      where tg_op = 'INSERT'
        or tg_op = 'UPDATE' and (new.customer_id <> old.customer_id or new.group_key <> old.group_key)
  loop
    select group_keys into noted from customer where tenant = affected.tenant and id = affected.customer_id for no key update;
    select coalesce(array_agg(group_key::text order by group_key), '{}') into keys from membership
      where tenant = affected.tenant and customer_id = affected.customer_id;
    continue when noted = keys;
    update customer set group_keys = keys, changed_at = changed_at || jsonb_build_object('groups', version + 1)
      where tenant = affected.tenant and id = affected.customer_id;
  end loop;
  return null;
end $$;

create or replace trigger membership_begins after insert on membership
  for each row execute function write_group_keys();

create or replace trigger membership_moves after update of tenant, customer_id, group_key on membership
  for each row execute function write_group_keys();

create or replace trigger membership_ends after delete on membership
  for each row execute function write_group_keys();
