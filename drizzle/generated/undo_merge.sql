-- Undoes a merge. The merged customer returns to its old state, with the orders that moved in their newest state. Data that was added
-- or changed since stays with the survivor; changed data is listed as conflicts. A repeat changes nothing.
-- a_ids: the first of the ids it may need: address, event, job, mergedEvent, mergedJob, groupEvent, groupJob.
-- SQL by hand: conflicts depend on the rows that each statement restores. If an index refuses the address, the function catches the error.
-- May be null: request.
create or replace function undo_merge_c180198a(
  a_tenant text, a_id text, a_since timestamptz, a_currency text, a_ids jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns void
language plpgsql volatile as $$
declare
  done merge;
  s customer;
  m customer;
  was customer;
  order_ids text[];
  profile jsonb;
  addresses jsonb;
  memberships jsonb;
  found_conflicts jsonb;
  has_consents boolean := false;
  summary jsonb;
begin
  select * into done from merge where tenant = a_tenant and id = a_id;
  if not found then perform refuse('merge_not_found'); end if;
  -- Groups before customers, as everywhere.
  perform from "group" g where g.tenant = a_tenant and g.key in (
    select held ->> 'group_key' from jsonb_array_elements(done.before #> '{merged,memberships}') held)
    order by g.key for key share;
  perform lock_customers_ba79649b(a_tenant, array[done.survivor_id, done.merged_id]);
  select * into done from merge where tenant = a_tenant and id = a_id for update;
  if done.state = 'undone' then return; end if;
  select * into s from customer where tenant = a_tenant and id = done.survivor_id;
  select * into m from customer where tenant = a_tenant and id = done.merged_id;
  was := jsonb_populate_record(null::customer, done.before #> '{merged,customer}');
  if not coalesce(done.state = 'done' and done.merged_at >= a_since and s.listed and m.merged_into = s.id, false) then
    perform refuse('merge_not_undoable');
  end if;

  profile := return_profile_daf31232(done);
  begin
    update customer c set status = was.status, merged_into = null, password_hash = done.password_hash,
      external_id = case when exists (
        select from customer o where o.tenant = a_tenant and o.external_id = was.external_id and o.id <> m.id and o.status <> 'deleted')
        then c.external_id else was.external_id end
      where c.tenant = a_tenant and c.id = m.id;
  exception when unique_violation or sqlstate 'CU001' then
    -- Another account has the address by now, or its reservation lasts.
    perform refuse('merge_not_undoable');
  end;
  update customer c set merged_into = m.id
    where c.tenant = a_tenant and c.id = any(done.follower_ids) and c.merged_into = s.id;
  order_ids := move_orders_84e44dd0(a_tenant, s.id, m.id, done.order_ids, a_currency);
  addresses := return_addresses_35768185(done, a_ids ->> 'address');
  memberships := return_memberships_fee587e5(done, a_now);

  found_conflicts := (profile -> 'conflicts') || addresses || (memberships -> 'conflicts') || (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'order', 'id', o.id, 'reason', 'moved') order by o.id), '[]')
    from unnest(done.order_ids) o (id) where o.id <> all(order_ids));
  update merge u set state = 'undone', undone_at = a_now, undone_by = a_actor, conflicts = found_conflicts, password_hash = null
    where u.tenant = a_tenant and u.id = a_id;
  if exists (select from consent c where c.tenant = a_tenant and c.customer_id = s.id and c.merge_id = a_id) then
    perform return_consents_44db737c(a_tenant, s.id);
    has_consents := exists (select from customer c where c.tenant = a_tenant and c.id = s.id and c.consents <> s.consents);
  end if;

  summary := jsonb_build_object('mergeId', a_id, 'survivorId', s.id, 'mergedId', m.id,
    'orders', cardinality(order_ids), 'orderIds', order_ids[1:100], 'conflicts', found_conflicts);
  perform append_event_64ceac17(a_tenant, s.id, a_ids ->> 'event', a_ids ->> 'job', 'customer.unmerged',
    array(select jsonb_array_elements_text(profile -> 'changed'))
      || case when done.address_ids <> '{}' then array['addresses'] else '{}' end
      || case when has_consents then array['consents'] else '{}' end
      || case when memberships -> 'left' <> '[]' then array['groups'] else '{}' end,
    summary || '{"role":"survivor"}', a_actor, a_request, a_now);
  perform append_event_64ceac17(a_tenant, m.id, a_ids ->> 'mergedEvent', a_ids ->> 'mergedJob', 'customer.unmerged',
    array['status'], summary || '{"role":"merged"}', a_actor, a_request, a_now);
  perform append_events_e5b3cc22(a_tenant, a_ids ->> 'groupEvent', a_ids ->> 'groupJob', 'customer.group_removed', '{}', (
    select coalesce(jsonb_agg(gone), '[]') from (
      select jsonb_build_object('customerId', s.id, 'group', key, 'source', 'merge', 'reason', 'merge_undone')
        from jsonb_array_elements_text(memberships -> 'left') key
      union all
      select lost || jsonb_build_object('customerId', m.id) from jsonb_array_elements(memberships -> 'lost') lost
    ) x (gone)), a_actor, a_request, a_now);
end $$;
