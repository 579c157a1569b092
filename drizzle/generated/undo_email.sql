-- The owner of the old address takes the account back. Whoever moved it knows the password, so that is void, with every session,
-- every open link and every move made after this one.
create or replace function undo_email(a_tenant text, a_customer text, a_token text, a_hash text, a_now timestamptz) returns void
language plpgsql volatile as $$
declare
  it customer;
  move email_change;
begin
  select * into it from customer where tenant = a_tenant and id = a_customer and status in ('unverified', 'active', 'disabled')
    for no key update;
  if not found then perform refuse('mail_token_invalid'); end if;
  delete from mail_token t using email_change e
    where t.tenant = a_tenant and t.id = a_token and t.purpose = 'undo' and t.subject = a_customer and t.hash = a_hash
      and t.expires_at > a_now and e.tenant = a_tenant and e.id = t.change_id
    returning e.* into move;
  if not found then perform refuse('mail_token_invalid'); end if;
  delete from mail_token t where t.tenant = a_tenant and t.subject = a_customer and (t.purpose <> 'undo' or t.change_id in (
    select id from email_change e where e.tenant = a_tenant and e.customer_id = a_customer and e.confirmed_at >= move.confirmed_at));
  delete from email_change where tenant = a_tenant and customer_id = a_customer
    and (confirmed_at is null or confirmed_at >= move.confirmed_at);
  update customer set
    email = move.old_email, email_key = move.old_email_key, email_verified_at = a_now, claimed_at = null, password_hash = null,
    changed_at = changed_at || jsonb_build_object('email', version + 1)
    where tenant = a_tenant and id = a_customer;
  delete from session where tenant = a_tenant and customer_id = a_customer;
end $$;
