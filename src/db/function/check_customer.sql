-- What is true of every customer. Lists and filters by the moment of creation go by the id. Triggers, for check constraints are read
-- and prepared anew by each statement that writes a customer, whatever it writes, which takes longer than the change itself.
create or replace function check_customer() returns trigger
language plpgsql stable as $$
declare
  broken text := case
    when new.created_at <> id_moment(new.id) then 'customer_created_when_its_id_says'
    when new.status not in ('guest', 'unverified', 'active', 'disabled', 'merged', 'erased', 'deleted') then 'customer_status_known'
    when (new.status = 'merged') <> (new.merged_into is not null) then 'customer_merged_has_survivor'
    when new.provisional and new.status in ('guest', 'active') then 'customer_provisional_is_unverified'
    when new.status = 'guest' and new.password_hash is not null then 'customer_guest_has_no_password' end;
begin
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken, message = 'a customer cannot be so';
  end if;
  return new;
end $$;
alter table customer drop constraint if exists customer_created_when_its_id_says;
drop trigger if exists customer_created_when_its_id_says on customer;
create or replace trigger customer_is_sound
  before insert on customer for each row execute function check_customer();
create or replace trigger customer_is_sound_still
  after update of id, created_at, status, merged_into, provisional, password_hash on customer
  for each row execute function check_customer();
