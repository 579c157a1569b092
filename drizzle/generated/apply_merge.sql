-- Applies a plan of core/merge/plan.ts to two locked customers. Returns 'done'; 'moved' if either has changed since the plan; 'refused'
-- if one of them is gone, or if an automatic merge lacks its proofs.
-- SQL by hand: the rows that each statement moves are counted, shown in the events and stored for an undo.
-- May be null: request.
-- Never null.
create or replace function apply_merge_2f72c19a(
  a_tenant text, a_plan jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns text
language plpgsql volatile as $$
declare
  s customer;
  m customer;
  has_consents boolean := false;
  before jsonb;
  order_ids text[];
  address_ids text[];
  held_keys text[];
  joined_keys text[];
  ruled_keys text[];
  follower_ids text[];
  fills jsonb := a_plan -> 'profile';
  adds jsonb := a_plan -> 'metadata';
  automatic boolean := a_plan -> 'automatic';
  summary jsonb;
begin
  select * into s from customer where tenant = a_tenant and id = a_plan ->> 'survivorId';
  select * into m from customer where tenant = a_tenant and id = a_plan ->> 'mergedId';
  if not coalesce(s.listed and m.listed, false) or automatic and not is_mergeable_5ab4da47(s, m) then return 'refused'; end if;
  if s.version <> (a_plan -> 'survivorVersion')::int or m.version <> (a_plan -> 'mergedVersion')::int
    or date_trunc('milliseconds', s.claimed_at) is distinct from (a_plan ->> 'claimedAt')::timestamptz then return 'moved'; end if;
  before := jsonb_build_object('survivor', merge_image_ffc151c4(s), 'merged', merge_image_ffc151c4(m));

  order_ids := move_orders_84e44dd0(a_tenant, m.id, s.id, null, a_currency);
  with moved as (
    update address a set customer_id = s.id, version = a.version + 1
      where a.tenant = a_tenant and a.customer_id = m.id
        and a.id in (select jsonb_array_elements_text(a_plan -> 'addresses'))
      returning a.id
  ) select coalesce(array_agg(id order by id), '{}') into address_ids from moved;
  delete from address a where a.tenant = a_tenant and a.customer_id = m.id;
  -- Where the rule holds the survivor already, the union does not change: no event, and only the version rises.
  with held as (
    update membership ms set source = 'merge', expires_at = planned."expiresAt"
      from jsonb_to_recordset(a_plan -> 'groups') as planned (key text, "expiresAt" timestamptz)
        join "group" g on g.tenant = a_tenant and g.key = planned.key and g.dissolved_at is null
      where ms.tenant = a_tenant and ms.group_key = planned.key and ms.customer_id = s.id and ms.source = 'rule'
      returning ms.group_key
  ) select coalesce(array_agg(group_key), '{}') into held_keys from held;
  if held_keys <> '{}' then perform raise_customer_version_b729a633(a_tenant, s.id, a_now); end if;
  with joined as (
    insert into membership (tenant, group_key, customer_id, source, added_at, expires_at)
      select a_tenant, g.key, s.id, 'merge', a_now, planned."expiresAt"
        from jsonb_to_recordset(a_plan -> 'groups') as planned (key text, "expiresAt" timestamptz)
          join "group" g on g.tenant = a_tenant and g.key = planned.key and g.dissolved_at is null
      on conflict do nothing
      returning group_key
  ) select coalesce(array_agg(group_key order by group_key), '{}') into joined_keys from joined;
  with gone as (
    delete from membership where tenant = a_tenant and customer_id = m.id returning group_key, source
  ) select coalesce(array_agg(group_key order by group_key) filter (where source = 'rule'), '{}') into ruled_keys from gone;
  delete from rule_moment where tenant = a_tenant and customer_id = m.id;

  with follower as (
    update customer c set merged_into = s.id where c.tenant = a_tenant and c.merged_into = m.id returning c.id
  ) select coalesce(array_agg(id order by id), '{}') into follower_ids from follower;
  -- An external id is unique, so the survivor gets it after the other has lost it.
  update customer c set status = 'merged', merged_into = s.id, password_hash = null,
    external_id = case when fills ? 'externalId' then null else c.external_id end,
    default_shipping_id = null, default_billing_id = null
    where c.tenant = a_tenant and c.id = m.id;
  -- The trigger end_access has ended those of the merged account.
  if m.status <> 'guest' then perform end_intentions(a_tenant, s.id); end if;
  if fills <> '{}' or adds <> '{}' then perform fill_profile_2b861322(a_tenant, s.id, m.id, fills, adds); end if;
  if m.consents <> '{}' and not (a_plan -> 'ordersOnly')::boolean then
    perform merge_consents_36dff5cf(a_tenant, s.id, m.id, a_plan ->> 'merge', a_now);
    has_consents := exists (select from customer c where c.tenant = a_tenant and c.id = s.id and c.consents <> s.consents);
  end if;
  perform assign_default_addresses_6826403a(a_tenant, s.id, null, null);

  delete from merge where tenant = a_tenant and merged_id = m.id and state = 'pending' and id <> a_plan ->> 'merge';
  insert into merge (tenant, id, state, survivor_id, merged_id, automatic, orders_only, actor, request_id, created_at, merged_at,
    before, password_hash, order_ids, address_ids, group_keys, follower_ids, profile, metadata)
  values (a_tenant, a_plan ->> 'merge', 'done', s.id, m.id, automatic, (a_plan -> 'ordersOnly')::boolean, a_actor, a_request,
    a_now, a_now, before, m.password_hash, order_ids, address_ids,
    array(select key from unnest(held_keys || joined_keys) key order by key collate "C"), follower_ids, fills, adds)
  on conflict (tenant, id) do update set
    state = 'done', orders_only = excluded.orders_only, actor = excluded.actor, request_id = excluded.request_id,
    merged_at = excluded.merged_at, before = excluded.before, password_hash = excluded.password_hash,
    order_ids = excluded.order_ids, address_ids = excluded.address_ids, group_keys = excluded.group_keys,
    follower_ids = excluded.follower_ids, profile = excluded.profile, metadata = excluded.metadata;

  summary := jsonb_build_object('mergeId', a_plan -> 'merge', 'survivorId', s.id, 'mergedId', m.id, 'automatic', automatic,
    'orders', cardinality(order_ids), 'addresses', cardinality(address_ids),
    'orderIds', order_ids[1:100], 'addressIds', address_ids, 'groups', joined_keys);
  perform append_event_64ceac17(a_tenant, s.id, a_plan ->> 'event', a_plan ->> 'job', 'customer.merged',
    array(select jsonb_object_keys(fills)) || case when adds <> '{}' then array['metadata'] else '{}' end
      || case when has_consents then array['consents'] else '{}' end
      || case when address_ids <> '{}' then array['addresses'] else '{}' end
      || case when joined_keys <> '{}' then array['groups'] else '{}' end,
    summary || '{"role":"survivor"}', a_actor, a_request, a_now);
  perform append_events_e5b3cc22(a_tenant, a_plan ->> 'groupEvent', a_plan ->> 'groupJob', 'customer.group_added', '{}', (
    select coalesce(jsonb_agg(jsonb_build_object('customerId', s.id, 'group', g.key, 'source', 'merge',
      'expiresAt', to_char(ms.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by g.key), '[]')
    from unnest(joined_keys) g (key)
      join membership ms on ms.tenant = a_tenant and ms.group_key = g.key and ms.customer_id = s.id), a_actor, a_request, a_now);
  -- What only the rule held is not carried and not returned: it is over.
  perform append_events_e5b3cc22(a_tenant, nth_id_63f0c25c(a_plan ->> 'groupEvent', cardinality(joined_keys)),
    nth_id_63f0c25c(a_plan ->> 'groupJob', cardinality(joined_keys)), 'customer.group_removed', '{}', (
    select coalesce(jsonb_agg(jsonb_build_object('customerId', m.id, 'group', key, 'source', 'rule', 'reason', 'merged') order by key), '[]')
    from unnest(ruled_keys) key), a_actor, a_request, a_now);
  perform append_event_64ceac17(a_tenant, m.id, a_plan ->> 'mergedEvent', a_plan ->> 'mergedJob', 'customer.merged',
    array['status'], summary || '{"role":"merged"}', a_actor, a_request, a_now);
  return 'done';
end $$;
