-- A customer's group_keys are the keys of its memberships, whoever writes a membership and however. For each row, for what changes
-- many memberships at once has locked their customers in the order of their ids.
create or replace function keep_group_keys() returns trigger
language plpgsql volatile as $$
begin
  if tg_op <> 'INSERT' then perform gather_group_keys(old.tenant, old.customer_id); end if;
  if tg_op = 'INSERT' or new.customer_id <> old.customer_id or new.group_key <> old.group_key then
    perform gather_group_keys(new.tenant, new.customer_id);
  end if;
  return null;
end $$;

drop trigger if exists membership_moves_from on membership;
drop trigger if exists membership_moves_to on membership;
create or replace trigger membership_begins after insert on membership
  for each row execute function keep_group_keys();
create or replace trigger membership_moves after update of tenant, customer_id, group_key on membership
  for each row execute function keep_group_keys();
create or replace trigger membership_ends after delete on membership
  for each row execute function keep_group_keys();
