-- A customer's group_keys are the keys of its memberships, in order, whoever writes a membership and however. What a reader sees
-- changed is stamped with the version to come. The lock stands before the look: two who add one customer to two groups see each other.
create or replace function keep_group_keys() returns trigger
language plpgsql volatile as $$
begin
  perform from customer c
    where (c.tenant, c.id) in (select changed.tenant, changed.customer_id from changed)
    order by c.tenant, c.id for no key update;
  update customer c set
    group_keys = held.keys,
    changed_at = c.changed_at || jsonb_build_object('groups', c.version + 1)
    from (select distinct changed.tenant, changed.customer_id from changed) touched,
      lateral (
        select coalesce(array_agg(m.group_key::text order by m.group_key), '{}') as keys from membership m
        where m.tenant = touched.tenant and m.customer_id = touched.customer_id
      ) held
    where c.tenant = touched.tenant and c.id = touched.customer_id and c.group_keys <> held.keys;
  return null;
end $$;

create or replace trigger membership_begins after insert on membership
  referencing new table as changed for each statement execute function keep_group_keys();

create or replace trigger membership_ends after delete on membership
  referencing old table as changed for each statement execute function keep_group_keys();

create or replace trigger membership_moves_from after update on membership
  referencing old table as changed for each statement execute function keep_group_keys();

create or replace trigger membership_moves_to after update on membership
  referencing new table as changed for each statement execute function keep_group_keys();
