-- Head of whatever a shopper asks for: the access token outlives neither its session nor the right to log in.
create or replace function check_session(a_tenant text, a_customer text, a_session text, a_now timestamptz) returns void
language plpgsql volatile as $$
begin
  perform from session s join customer c on c.tenant = s.tenant and c.id = s.customer_id
    where s.tenant = a_tenant and s.id = a_session and s.customer_id = a_customer and s.expires_at > a_now
      and c.status in ('unverified', 'active');
  if not found then perform refuse('invalid_token'); end if;
end $$;
