-- Keeps the guest of an address from being merged until the commit, so that it can be answered with. One that was merged while we
-- looked leaves room for another: once more.
create or replace function hold_guest(a_tenant text, a_email_key text) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and email_key = a_email_key and status = 'guest' for no key update;
  if not found then raise serialization_failure; end if;
end $$;
