-- Ends everything that a customer, or somebody with its session, has begun and not finished: the links and codes in mails, the change of the
-- address that waits for its confirmation, and a login on the page whose code was not exchanged yet. A mail whose link has ended is not sent. A link that undoes a change of the address stays,
-- because its reader may be the one whose account was taken.
-- The status is no condition: a planner without statistics would read the addresses of all accounts by their index.
-- SQL by hand: the trigger end_access calls it, so its name stays.
create or replace function end_intentions(a_tenant text, a_customer text) returns void
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  delete from email_change where tenant = a_tenant and customer_id = a_customer and confirmed_at is null;
  delete from mail_token where tenant = a_tenant and subject = a_customer and purpose <> 'undo';
  delete from mail_token where tenant = a_tenant and purpose in ('login_code', 'login_link')
    and email_key = (select case when status in ('unverified', 'active', 'disabled') then email_key end from customer where tenant = a_tenant and id = a_customer);
  delete from authorization_code where tenant = a_tenant and customer_id = a_customer and session_id is null;
end $$;
