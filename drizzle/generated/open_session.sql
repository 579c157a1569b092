-- Opens a session for a customer who may log in. With a hash only while that is still the password's, for it was checked before
-- this transaction. The fifty newest sessions stay. Returns whether it did.
create or replace function open_session(
  a_tenant text, a_session text, a_customer text, a_client text, a_refresh_hash text, a_user_agent text, a_address text,
  a_password_hash text, a_statuses text[], a_now timestamptz, a_expires timestamptz
) returns boolean
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = a_customer and status = any(a_statuses)
    and (a_password_hash is null or password_hash = a_password_hash) for share;
  if not found then return false; end if;
  delete from session where tenant = a_tenant and customer_id = a_customer and (expires_at <= a_now or id in (
    select id from session where tenant = a_tenant and customer_id = a_customer
    order by created_at desc, id desc offset 49));
  insert into session (tenant, id, customer_id, client_id, refresh_hash, user_agent, address, created_at, last_used_at, expires_at)
  values (a_tenant, a_session, a_customer, a_client, a_refresh_hash, a_user_agent, a_address, a_now, a_now, a_expires);
  return true;
end $$;
