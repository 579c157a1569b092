-- Promises that a change of status, email address or password also reaches the user that was made for the customer at the identity
-- provider: the commit enqueues a job that compares both. Users that existed there before are not changed.
-- SQL by hand: a trigger, because many use cases change these columns. One that forgot would leave a disabled customer able to log in.
create or replace function mirror_customer() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (new.tenant, 'job_0' || left(md5(gen_random_uuid()::text), 25), 'mirror',
    jsonb_build_object('customer', new.id, 'user', split_part(coalesce(new.password_hash, old.password_hash), '$', 4)),
    now(), now());
  return null;
end $$;

create or replace trigger customer_is_mirrored
  after update of status, email_key, email_verified_at, password_hash on customer
  for each row
  when ((old.password_hash like '$hanzo$%' or new.password_hash like '$hanzo$%')
    and starts_with(split_part(coalesce(new.password_hash, old.password_hash), '$', 4), new.id || '-')
    and (old.status, old.email_key, old.email_verified_at is null, old.password_hash)
      is distinct from (new.status, new.email_key, new.email_verified_at is null, new.password_hash))
  execute function mirror_customer();
