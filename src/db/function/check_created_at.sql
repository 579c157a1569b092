-- Lists and filters by the moment of creation go by the id. A trigger, for a check constraint would be prepared anew for each statement
-- that updates a customer, which takes longer than the update.
create or replace function check_created_at() returns trigger
language plpgsql stable as $$
begin
  if new.created_at <> id_moment(new.id) then raise exception 'a customer is created when its id says' using errcode = '23514'; end if;
  return new;
end $$;
alter table customer drop constraint if exists customer_created_when_its_id_says;
create or replace trigger customer_created_when_its_id_says
  before insert or update of id, created_at on customer
  for each row execute function check_created_at();
