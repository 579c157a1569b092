-- Exchanges the refresh token of a session for the next. One that is not the newest was used before: thief and owner cannot be
-- told apart, so the session ends. Returns the customer, null when there is no session any more.
create or replace function rotate_session(
  a_tenant text, a_session text, a_client text, a_hash text, a_next_hash text, a_statuses text[], a_now timestamptz
) returns text
language plpgsql volatile as $$
declare
  it session;
begin
  select * into it from session where tenant = a_tenant and id = a_session for update;
  if not found or (a_client is not null and it.client_id <> a_client) then return null; end if;
  perform from customer where tenant = a_tenant and id = it.customer_id and status = any(a_statuses);
  if not found or it.expires_at <= a_now or it.refresh_hash <> a_hash then
    delete from session where tenant = a_tenant and id = a_session;
    return null;
  end if;
  update session set refresh_hash = a_next_hash, last_used_at = a_now where tenant = a_tenant and id = a_session;
  return it.customer_id;
end $$;
