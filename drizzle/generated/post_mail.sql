-- Writes a mail to be sent, the token its link carries, and the job that sends it. With a quota key it is silent when strangers
-- have had a mail sent to that address within a minute, or five within a day. Returns the job, null when there is none.
create or replace function post_mail(
  a_tenant text, a_mail text, a_job text, a_quota_key text, a_template text, a_recipient text, a_locale text, a_customer text,
  a_token text, a_purpose text, a_subject text, a_change text, a_email_key text, a_hash text, a_expires timestamptz, a_now timestamptz
) returns text
language plpgsql volatile as $$
begin
  if a_quota_key is not null then
    insert into mail_quota as q (tenant, key, since, count, last_at)
    values (a_tenant, a_quota_key, a_now, 1, a_now)
    on conflict (tenant, key) do update set
      count = case when q.since <= a_now - interval '1 day' then 1 else q.count + 1 end,
      since = case when q.since <= a_now - interval '1 day' then a_now else q.since end,
      last_at = a_now
    where q.last_at <= a_now - interval '1 minute' and (q.count < 5 or q.since <= a_now - interval '1 day');
    if not found then return null; end if;
  end if;
  if a_purpose is not null then
    insert into mail_token (tenant, id, purpose, subject, change_id, email_key, hash, created_at, expires_at)
    values (a_tenant, a_token, a_purpose, coalesce(a_subject, a_token), a_change, a_email_key, a_hash, a_now, a_expires)
    on conflict (tenant, purpose, subject) where purpose <> 'undo' do update set
      id = excluded.id, change_id = excluded.change_id, email_key = excluded.email_key, hash = excluded.hash,
      created_at = excluded.created_at, expires_at = excluded.expires_at;
  end if;
  insert into mail (tenant, id, template, recipient, locale, customer_id, token_id, created_at)
  values (a_tenant, a_mail, a_template, a_recipient, a_locale, a_customer,
    case when a_purpose is not null then a_token end, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_tenant, a_job, 'mail', jsonb_build_object('mail', a_mail), a_now + interval '1 minute', a_now);
  return a_job;
end $$;
