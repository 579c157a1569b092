-- Puts one customer into a group and tells of it, in one call: this is how groups are mostly given. The group is made when there is
-- none and a_create says so. One who is a member already stays one; a_end says that a_expires_at is when that is to end, else only
-- what is over, and was not taken out yet, goes on. Refuses as hold_group and hold_customer do.
create or replace function add_membership(
  a_tenant text, a_customer text, a_group text, a_version int, a_create boolean, a_end boolean, a_expires_at timestamptz,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
  held membership;
  is_new boolean;
begin
  perform hold_group(a_tenant, a_group, a_create, a_now);
  it := hold_customer(a_tenant, a_customer, a_version);
  select * into held from membership where tenant = a_tenant and group_key = a_group and customer_id = a_customer;
  is_new := not found;
  if is_new or (case when a_end then held.expires_at is distinct from a_expires_at else held.expires_at <= a_now end) then
    -- With the group in it before the membership is: keep_group_keys has nothing left to write then.
    update customer set
      group_keys = case when is_new then array(select key from unnest(group_keys || a_group) key order by key collate "C") else group_keys end,
      sequence = sequence + 1, version = version + 1, updated_at = a_now,
      changed_at = changed_at || jsonb_build_object('groups', version + 1)
      where tenant = a_tenant and id = a_customer returning * into it;
    if is_new then
      insert into membership (tenant, group_key, customer_id, source, added_at, expires_at)
        values (a_tenant, a_group, a_customer, 'manual', a_now, a_expires_at) returning * into held;
    else
      update membership set expires_at = a_expires_at
        where tenant = a_tenant and group_key = a_group and customer_id = a_customer returning * into held;
    end if;
    jobs := array[tell(it, a_event, a_job, case when is_new then 'customer.group_added' else 'customer.updated' end, array['groups'],
      jsonb_build_object('group', a_group, 'expiresAt', iso(held.expires_at))
        || case when is_new then jsonb_build_object('source', held.source) else '{}' end, a_actor, a_request, a_now)];
  end if;
  document := json_build_object('added', is_new, 'version', it.version, 'value', json_build_object(
    'key', held.group_key, 'source', held.source, 'addedAt', iso(held.added_at), 'expiresAt', iso(held.expires_at),
    'groups', it.group_keys));
end $$;
