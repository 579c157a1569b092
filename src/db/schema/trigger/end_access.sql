-- Promises that a closed account, or one with a new email address, has no session, no device and no pending intention after the commit. An erased
-- or deleted one has no mail either, and nobody can undo its changes of the address any more. Nor has it a passkey or a linked identity, nor has
-- an account that became a guest; a disabled or merged one keeps its own, which opens nothing until the account is back.
-- SQL by hand: a trigger, because otherwise every use case that changes a status or an address must end the access itself. If one forgot, it would
-- leave a session or a link open.
create or replace function end_access() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  delete from session where tenant = new.tenant and customer_id = new.id;
  perform end_intentions(new.tenant, new.id);
  -- A guest has no login, so its end leaves the codes of the account with its address.
  if old.status <> 'guest' then
    delete from mail_token where tenant = new.tenant and purpose in ('login_code', 'login_link') and email_key = old.email_key;
  end if;
  update customer set device_epoch = device_epoch + 1 where tenant = new.tenant and id = new.id;
  if new.status in ('merged', 'erased', 'deleted') then
    delete from failure where tenant = new.tenant and customer_id = new.id;
  end if;
  if new.status in ('guest', 'erased', 'deleted') then
    delete from passkey where tenant = new.tenant and customer_id = new.id;
    delete from linked_identity where tenant = new.tenant and customer_id = new.id;
  end if;
  if new.status in ('erased', 'deleted') then
    delete from mail_token where tenant = new.tenant and subject = new.id;
    delete from mail where tenant = new.tenant and customer_id = new.id;
    delete from email_change where tenant = new.tenant and customer_id = new.id;
  end if;
  return null;
end $$;

create or replace trigger customer_access_ends
  after update of status, email_key on customer
  for each row
  when (new.email_key is distinct from old.email_key
    or (new.status is distinct from old.status and new.status not in ('unverified', 'active')))
  execute function end_access();
