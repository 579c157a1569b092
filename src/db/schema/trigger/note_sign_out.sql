-- Promises that the end of a session also ends the tokens that the identity provider issued for it, and all older ones. The provider's
-- clock may be ahead.
-- SQL by hand: a trigger, because a session token is also deleted by a cascade of its session. No use case sees that.
create or replace function note_sign_out() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  insert into signed_out (tenant, customer_id, at)
    values (old.tenant, old.customer_id, greatest(clock_timestamp(), old.issued_at + interval '1 second'))
  on conflict (tenant, customer_id) do update set at = greatest(signed_out.at, excluded.at);
  return null;
end $$;

create or replace trigger session_token_signs_out
  after delete on session_token
  for each row
  when (old.expires_at > now())
  execute function note_sign_out();
