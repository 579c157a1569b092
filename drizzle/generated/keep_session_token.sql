-- Keeps which session an access token belongs to, when there is such a session.
create or replace function keep_session_token(
  a_tenant text, a_hash text, a_session text, a_issued timestamptz, a_expires timestamptz
) returns void
language sql volatile as $$
  insert into session_token (tenant, hash, session_id, customer_id, issued_at, expires_at)
    select a_tenant, a_hash, s.id, s.customer_id, a_issued, a_expires
    from session s where s.tenant = a_tenant and s.id = a_session
  on conflict do nothing;
$$;
