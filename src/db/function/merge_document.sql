-- A merge as the API shows it; with a_detail also which orders and addresses moved, and what stays in the record.
create or replace function merge_document(m merge, a_window interval, a_detail boolean) returns json
language sql stable as $$
  select json_build_object(
    'id', m.id, 'state', m.state, 'survivorId', m.survivor_id, 'mergedId', m.merged_id, 'automatic', m.automatic,
    'ordersOnly', m.orders_only, 'actor', m.actor, 'requestId', m.request_id,
    'orders', cardinality(m.order_ids), 'addresses', cardinality(m.address_ids), 'groups', m.group_keys,
    'profile', array(select jsonb_object_keys(m.profile) order by 1), 'metadata', array(select jsonb_object_keys(m.metadata) order by 1),
    'conflicts', m.conflicts, 'createdAt', iso(m.created_at), 'mergedAt', iso(m.merged_at),
    'undoableUntil', case when m.state = 'done' then iso(m.merged_at + a_window) end,
    'undoneAt', iso(m.undone_at), 'undoneBy', m.undone_by,
    'detail', case when a_detail and m.state <> 'pending' then json_build_object(
      'orderIds', m.order_ids, 'addressIds', m.address_ids,
      'leftAddresses', (
        select coalesce(json_agg(address_row_document(a, null, null) order by a.created_at, a.id), '[]')
        from jsonb_populate_recordset(null::address, m.before #> '{merged,addresses}') a where a.id <> all(m.address_ids)),
      'leftMetadata', (m.before #> '{merged,customer,metadata}') - array(select jsonb_object_keys(m.metadata))) end)
$$;
