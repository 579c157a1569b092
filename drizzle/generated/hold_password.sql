-- Head of what someone does who has just shown the password: waits for whoever is changing the account, and refuses when that is no
-- longer its password. A function of its own, so that the statements after it see what it waited for.
create or replace function hold_password(a_tenant text, a_customer text, a_credential text) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = a_customer and password_hash = a_credential for no key update;
  if not found then perform refuse('invalid_credentials'); end if;
end $$;
