-- The session of an access token that was issued elsewhere: the one it was handed out with; else, once, a session of its own, when
-- its identity has an account here that may log in, and no session of that has ended since the token was issued. Never by e-mail.
create or replace function enter_by_token(
  a_tenant text, a_hash text, a_identity text, a_session text, a_client text, a_statuses text[],
  a_issued timestamptz, a_expires timestamptz, a_now timestamptz
) returns json
language plpgsql volatile as $$
declare
  known session_token;
  it customer;
begin
  select * into known from session_token where tenant = a_tenant and hash = a_hash;
  if found then return json_build_object('customerId', known.customer_id, 'sessionId', known.session_id); end if;
  select * into it from customer where tenant = a_tenant and password_hash like '$hanzo$%'
    and split_part(password_hash, '$', 3) = a_identity for no key update;
  if not found then return json_build_object('refused', 'identity_unlinked'); end if;
  select * into known from session_token where tenant = a_tenant and hash = a_hash;
  if found then return json_build_object('customerId', known.customer_id, 'sessionId', known.session_id); end if;
  if exists (select from signed_out where tenant = a_tenant and customer_id = it.id and at > a_issued)
    or not open_session(a_tenant, a_session, it.id, a_client, '', null, null, null, a_statuses, a_now, a_expires)
  then
    return json_build_object('refused', 'invalid_token');
  end if;
  perform keep_session_token(a_tenant, a_hash, a_session, a_issued, a_expires);
  return json_build_object('customerId', it.id, 'sessionId', a_session);
end $$;
