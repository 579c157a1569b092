-- The customer moves to the address it wished for, which it has proven; the old one is reserved until the time to undo is over.
create or replace function confirm_email(
  a_tenant text, a_customer text, a_token text, a_hash text, a_now timestamptz, a_undo_until timestamptz
) returns void
language plpgsql volatile as $$
declare
  it customer;
  move email_change;
begin
  select * into it from customer where tenant = a_tenant and id = a_customer and status in ('unverified', 'active')
    for no key update;
  delete from mail_token t using email_change e
    where t.tenant = a_tenant and t.id = a_token and t.purpose = 'confirm' and t.subject = a_customer and t.hash = a_hash
      and t.expires_at > a_now and e.tenant = a_tenant and e.id = t.change_id and e.confirmed_at is null
      and e.old_email_key = it.email_key
    returning e.* into move;
  if not found then perform refuse('mail_token_invalid'); end if;
  perform lock_email(a_tenant, move.new_email_key);
  if exists (select from customer where tenant = a_tenant and email_key = move.new_email_key and id <> a_customer
      and status in ('unverified', 'active', 'disabled')) then perform refuse('email_taken'); end if;
  update email_change set confirmed_at = a_now, undo_until = a_undo_until where tenant = a_tenant and id = move.id;
  update customer set
    email = move.new_email, email_key = move.new_email_key, email_verified_at = a_now, claimed_at = a_now, status = 'active',
    provisional = false,
    changed_at = changed_at || jsonb_build_object('email', version + 1)
      || case when it.email_verified_at is null then jsonb_build_object('emailVerified', version + 1) else '{}' end
      || case when it.status <> 'active' then jsonb_build_object('status', version + 1) else '{}' end
    where tenant = a_tenant and id = a_customer;
  delete from session where tenant = a_tenant and customer_id = a_customer;
  delete from mail_token where tenant = a_tenant and subject = a_customer and purpose in ('verify', 'reset');
  perform forget_attempts(a_tenant, move.new_email_key);
end $$;
