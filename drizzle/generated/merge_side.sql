-- One customer as a plan to merge it looks at it.
create or replace function merge_side(it customer) returns json
language sql stable as $$
  select json_build_object(
    'id', it.id, 'status', it.status, 'version', it.version, 'changedAt', it.changed_at, 'mergedInto', it.merged_into,
    'unproven', it.unproven, 'createdAt', iso(it.created_at), 'claimedAt', iso(it.claimed_at),
    'profile', profile_document_24024c29(it),
    'metadata', it.metadata, 'orderCount', it.order_count, 'spent', spent_document(it.spent),
    'addresses', coalesce((
      select json_agg(json_build_object('id', a.id, 'sameness', a.sameness, 'unproven', a.unproven)
        order by a.id = it.default_shipping_id desc nulls last, a.id = it.default_billing_id desc nulls last,
          a.updated_at desc, a.id)
      from address a where a.tenant = it.tenant and a.customer_id = it.id), '[]'),
    'groups', coalesce((
      select json_agg(json_build_object('key', m.group_key, 'source', m.source, 'expiresAt', iso(m.expires_at)) order by m.group_key)
      from membership m where m.tenant = it.tenant and m.customer_id = it.id), '[]'))
$$;
