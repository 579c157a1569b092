-- Waits for whoever is registering, proving or freeing the same e-mail address.
-- May be null: nothing.
create or replace function lock_email(a_tenant text, a_email_key text) returns void
language sql volatile as $$
  select pg_advisory_xact_lock(hashtextextended(a_tenant || chr(31) || a_email_key, 1))
$$;
