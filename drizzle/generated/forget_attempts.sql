-- The address has an owner now: whoever else tried to register it did so in vain.
create or replace function forget_attempts(a_tenant text, a_email_key text) returns void
language sql volatile as $$
  delete from mail_token t using attempt a
    where t.tenant = a_tenant and a.tenant = a_tenant and a.email_key = a_email_key and t.subject = a.id;
  delete from attempt where tenant = a_tenant and email_key = a_email_key;
$$;
