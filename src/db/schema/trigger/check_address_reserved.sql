-- Promises that no other account gets an email address that its former owner may still take back.
-- SQL by hand: a trigger, because an exclusion constraint does not span two tables. Many use cases make and change accounts.
create or replace function check_address_reserved() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  if exists (select from email_change where tenant = new.tenant and old_email_key = new.email_key and customer_id <> new.id
      and undo_until > greatest(now(), new.updated_at)) then perform refuse('email_taken'); end if;
  return null;
end $$;

create or replace trigger customer_email_not_reserved
  after insert on customer
  for each row when (new.status in ('unverified', 'active', 'disabled'))
  execute function check_address_reserved();

create or replace trigger customer_email_not_reserved_still
  after update of email_key, status on customer
  for each row when (new.status in ('unverified', 'active', 'disabled')
    and (new.email_key <> old.email_key or old.status not in ('unverified', 'active', 'disabled')))
  execute function check_address_reserved();
