-- Head of every change of a group: waits for whoever is changing it or adding to it. With a version, refuses when the reader's
-- copy is stale. What is being deleted is not there.
create or replace function lock_group(a_tenant text, a_key text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select version, changed_at, dissolved_at into it from "group" where tenant = a_tenant and key = a_key for update;
  if not found or it.dissolved_at is not null then perform refuse('group_not_found'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
