-- Head of adding to a group: keeps it from being deleted until the commit, and makes it when there is none and a_create says so.
-- What is being deleted is not there; to make it anew has to wait until it is gone.
create or replace function hold_group(a_tenant text, a_key text, a_create boolean, a_now timestamptz) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  loop
    select dissolved_at into it from "group" where tenant = a_tenant and key = a_key for key share;
    exit when found and it.dissolved_at is null;
    if not a_create then perform refuse('group_not_found'); end if;
    if it.dissolved_at is not null then perform refuse('group_being_deleted'); end if;
    insert into "group" (tenant, key, created_at, updated_at) values (a_tenant, a_key, a_now, a_now)
      on conflict (tenant, key) do nothing;
  end loop;
end $$;
