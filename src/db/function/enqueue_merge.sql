-- Notes that the guest of an address is due to be merged into its account, if it is, with the job that will do it. Returns the
-- job's id, null when there is nothing to do or it is noted already.
-- May be null: email_key, merge.
create or replace function enqueue_merge(a_tenant text, a_email_key text, a_merge text, a_job text, a_now timestamptz)
returns text
language plpgsql volatile as $$
begin
  insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at, tried_at)
  select a_tenant, a_merge, 'pending', account.id, guest.id, true, a_now, a_now
    from customer account join customer guest on guest.tenant = a_tenant and guest.email_key = a_email_key
    where account.tenant = a_tenant and account.email_key = a_email_key and account.status = 'active'
      and guest.status = 'guest' and is_mergeable(account, guest)
    on conflict do nothing;
  if not found then return null; end if;
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_tenant, a_job, 'merge', jsonb_build_object('merge', a_merge), a_now + interval '1 minute', a_now);
  return a_job;
end $$;
