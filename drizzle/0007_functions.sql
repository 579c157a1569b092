set check_function_bodies = off;
--> statement-breakpoint
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
--> statement-breakpoint
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
--> statement-breakpoint
-- What becomes of a customer becomes of the user that was made for it at the provider: whichever use case it was, the commit leaves
-- a job that compares both. Users that were there before are not ours to change.
create or replace function mirror_customer() returns trigger
language plpgsql volatile as $$
begin
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (new.tenant, 'job_0' || left(md5(gen_random_uuid()::text), 25), 'mirror',
    jsonb_build_object('customer', new.id), now(), now());
  return null;
end $$;
create or replace trigger customer_is_mirrored
  after update of status, email_key, email_verified_at, password_hash on customer
  for each row
  when ((old.password_hash like '$hanzo$%' or new.password_hash like '$hanzo$%')
    and split_part(coalesce(new.password_hash, old.password_hash), '$', 4) = new.id
    and (old.status, old.email_key, old.email_verified_at is null, old.password_hash)
      is distinct from (new.status, new.email_key, new.email_verified_at is null, new.password_hash))
  execute function mirror_customer();
--> statement-breakpoint
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
--> statement-breakpoint
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
