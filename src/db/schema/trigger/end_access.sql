-- Promises that an account that is closed, or gets another email address, has no session left after the commit; a merged, erased or
-- deleted one has no mail, token or pending change of its address either.
-- SQL by hand: a trigger, for every use case that changes a status or an address would have to remember it, and one that forgets
-- leaves a door open.
create or replace function end_access() returns trigger
language plpgsql volatile as $$
begin
  delete from session where tenant = new.tenant and customer_id = new.id;
  if new.status in ('merged', 'erased', 'deleted') then
    delete from mail_token where tenant = new.tenant and subject = new.id;
    delete from mail where tenant = new.tenant and customer_id = new.id;
    delete from email_change where tenant = new.tenant and customer_id = new.id;
    delete from failure where tenant = new.tenant and customer_id = new.id;
  end if;
  return null;
end $$;

create or replace trigger customer_access_ends
  after update of status, email_key on customer
  for each row
  when (new.email_key is distinct from old.email_key
    or (new.status is distinct from old.status and new.status not in ('unverified', 'active')))
  execute function end_access();
