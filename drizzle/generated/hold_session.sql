-- Head of what someone does with a session in place of the password: waits for whoever is changing the account, and refuses when that
-- has ended the session. A function of its own, so that the statements after it see what it waited for.
create or replace function hold_session(a_tenant text, a_customer text, a_session text, a_now timestamptz) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = a_customer for no key update;
  perform check_session(a_tenant, a_customer, a_session, a_now);
end $$;
