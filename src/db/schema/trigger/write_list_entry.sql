-- Promises that after each commit a customer that is not deleted has its entry of lists, and that the entry is as `entry_of_customer` says.
-- A new customer gets its entry at once. An update that raises the sequence is the last of its commit that changes what lists show. It also
-- writes the entry at once. Both write it from the row that they have. All other changes wait for the end of the transaction: the trigger
-- reads the customer then, and writes what differs. So several changes in one commit write the entry once. Each writer has locked the
-- customer, so nobody else writes its entry.
-- SQL by hand: triggers, because many use cases and functions write customers. One that forgot would show an old list.
create or replace function write_list_entry() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  shown_keys text[] := case when tg_op <> 'DELETE' and cardinality(new.group_keys) <= 16 then new.group_keys end;
begin
  if tg_op = 'DELETE' or new.status = 'deleted' then
    delete from list_entry where tenant = old.tenant and listed in (true, false) and id = old.id;
  elsif tg_op = 'INSERT' then
    insert into list_entry (tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified)
    values (new.tenant, new.id, new.status, new.order_count, new.total_spent, new.last_order_key, new.updated_at, shown_keys,
      new.email_verified_at is not null);
  elsif old.status = 'deleted' then
    insert into list_entry (tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified)
    select tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified
      from entry_of_customer where tenant = new.tenant and id = new.id;
  elsif (old.status, old.order_count, old.total_spent, old.last_order_key, old.updated_at, old.group_keys, old.email_verified_at)
      is not distinct from
      (new.status, new.order_count, new.total_spent, new.last_order_key, new.updated_at, new.group_keys, new.email_verified_at)
    then null;
  elsif new.sequence > old.sequence then
    update list_entry set status = new.status, order_count = new.order_count, total_spent = new.total_spent,
        last_order_key = new.last_order_key, updated_at = new.updated_at,
        group_keys = shown_keys, email_verified = new.email_verified_at is not null
      where tenant = new.tenant and listed = old.listed and id = new.id;
  else
    -- The first change of a transaction that was not written at once knows in which part of the list the entry still is.
    update list_entry e set status = c.status, order_count = c.order_count, total_spent = c.total_spent,
        last_order_key = c.last_order_key, updated_at = c.updated_at, group_keys = c.group_keys, email_verified = c.email_verified
      from entry_of_customer c
      where c.tenant = new.tenant and c.id = new.id and e.tenant = new.tenant and e.listed = old.listed and e.id = new.id
        and (e.status, e.order_count, e.total_spent, e.last_order_key, e.updated_at, e.group_keys, e.email_verified)
          is distinct from
          (c.status, c.order_count, c.total_spent, c.last_order_key, c.updated_at, c.group_keys, c.email_verified);
  end if;
  return null;
end $$;

create or replace trigger customer_is_entered after insert on customer
  for each row execute function write_list_entry();

-- The conditions are short, and the function does the rest: PostgreSQL reads and prepares a condition anew for each statement.
create or replace trigger customer_entry_changes
  after update of status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified_at on customer
  for each row when (new.sequence > old.sequence and old.status <> 'deleted') execute function write_list_entry();

create constraint trigger customer_entry_follows
  after update of status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified_at on customer
  deferrable initially deferred for each row when (new.sequence <= old.sequence or old.status = 'deleted') execute function write_list_entry();

create constraint trigger customer_entry_ends after delete on customer
  deferrable initially deferred for each row execute function write_list_entry();
