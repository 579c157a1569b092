-- Promises that a customer was created at the moment in its id (lists and filters by creation use the id), that its status is known,
-- that only a merged one has a survivor (an erased one keeps it, so that a late refund finds its order), that a provisional one is unverified, and that a guest has no password.
-- SQL by hand: triggers, because check constraints cost more. Each statement that writes a customer would read and prepare all
-- constraints, also those of columns that it leaves alone. That takes longer than the change itself.
create or replace function check_customer() returns trigger
language plpgsql stable as $$
declare
  broken text := case
    when new.created_at <> id_moment(new.id) then 'customer_created_when_its_id_says'
    when new.status not in ('guest', 'unverified', 'active', 'disabled', 'merged', 'erased', 'deleted') then 'customer_status_known'
    when new.status <> 'erased' and (new.status = 'merged') <> (new.merged_into is not null) then 'customer_merged_has_survivor'
    when new.provisional and new.status in ('guest', 'active') then 'customer_provisional_is_unverified'
    when new.status = 'guest' and new.password_hash is not null then 'customer_guest_has_no_password' end;
begin
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken, message = 'a customer cannot be so';
  end if;
  return new;
end $$;

create or replace trigger customer_is_sound
  before insert on customer for each row execute function check_customer();

create or replace trigger customer_is_sound_still
  after update of id, created_at, status, merged_into, provisional, password_hash on customer
  for each row execute function check_customer();
