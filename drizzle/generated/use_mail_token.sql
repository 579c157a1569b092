-- Uses up the token of a link, which must be for this, unspent, alive, and of the address that its customer still has. Of an
-- attempt, a shopper who comes with a session instead of a password must be who made it.
create or replace function use_mail_token(
  a_tenant text, a_purpose text, a_token text, a_subject text, a_hash text, a_shopper text, a_now timestamptz
) returns void
language plpgsql volatile as $$
declare
  proven text;
begin
  perform from customer where tenant = a_tenant and id = a_subject for no key update;
  perform lock_email(a_tenant, a.email_key) from attempt a where a.tenant = a_tenant and a.id = a_subject;
  delete from mail_token where tenant = a_tenant and id = a_token and purpose = a_purpose and subject = a_subject
    and hash = a_hash and expires_at > a_now
    returning email_key into proven;
  if not found then perform refuse('mail_token_invalid'); end if;
  if a_subject like 'cust\_%' then
    perform from customer where tenant = a_tenant and id = a_subject and email_key = proven
      and status in ('unverified', 'active') and (a_shopper is null or id = a_shopper);
  else
    perform from attempt a where a.tenant = a_tenant and a.id = a_subject and (a_shopper is null or exists (
      select from customer c where c.tenant = a_tenant and c.id = a_shopper
        and c.email_key = a.email_key
        and (c.password_hash = a.password_hash or (c.password_hash like '$hanzo$%'
          and split_part(c.password_hash, '$', 5) = encode(sha256(convert_to(a.password_hash, 'UTF8')), 'hex')))));
  end if;
  if not found then perform refuse('mail_token_invalid'); end if;
end $$;
