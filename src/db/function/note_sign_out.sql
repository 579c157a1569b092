-- With a session end the tokens that were issued elsewhere for it, and whatever older ones were never seen here: a token is not
-- let in again by the door it was shown out of. The clock of whoever issued it may be ahead of ours.
create or replace function note_sign_out() returns trigger
language plpgsql volatile as $$
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
