set check_function_bodies = off;
--> statement-breakpoint
-- Several customers, each as customer_row_document has it, in the order of the ids. In one query that is planned once: for a page
-- that takes half the time of a call for each. Each is looked up by its key, so that no statistics can mislead the plan; and made of
-- a row, whose columns have their names and types once and for all.
create or replace function customer_documents(a_tenant text, a_ids text[], a_currency text) returns json
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select coalesce(json_agg(row_to_json(document) order by wanted.n), '[]')
    from unnest(a_ids) with ordinality wanted(id, n)
    cross join lateral (select * from customer where tenant = a_tenant and id = wanted.id offset 0) it
    cross join lateral (
      select it.id, it.external_id as "externalId", it.email,
        it.first_name as "firstName", it.last_name as "lastName", it.phone, it.locale,
        it.status, it.email_verified_at is not null as "emailVerified",
        (select coalesce(json_agg(address_row_document(a, it.default_shipping_id, it.default_billing_id) order by a.created_at, a.id), '[]')
          from address a where a.tenant = a_tenant and a.customer_id = it.id) as addresses,
        it.group_keys as groups, it.metadata,
        it.order_count as "orderCount", it.total_spent as "totalSpent", a_currency as currency,
        case when it.spent = '{}' then '[]' else (
          select json_agg(json_build_object('currency', s.key, 'amount', s.value -> 'amount', 'orders', s.value -> 'orders') order by s.key)
          from jsonb_each(it.spent) s) end as spent,
        iso(it.last_order_at) as "lastOrderAt", iso(it.created_at) as "createdAt", iso(it.updated_at) as "updatedAt") document);
end $$;
--> statement-breakpoint
-- Takes the states of many orders into the ledger, and their difference into the counters of the customers they belong to, with
-- one event for each. Per order the newest version wins, also when it names another customer; a merged customer's orders are its
-- survivor's. Who is gone gets no new orders, but what the ledger holds for it stays true, quietly.
-- Everyone is looked up by key: the planner takes any batch to be a hundred orders, and would rather read all customers of a small shop.
-- Each order: {ordinal, id, customer_id, currency, gross, refunded, state, placed_at, version, event, job, left_event, left_job};
-- the latter two tell whom it moved away from.
create or replace function record_orders(
  a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (ordinal int, known boolean, applied boolean, document json, jobs text[])
language plpgsql volatile set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  locked text[];
  written jsonb;
  told text[];
  tries int := 0;
begin
  -- When a merge or another batch was faster while we waited, the locks are given back: once more, with those it named.
  loop
    begin
      select coalesce(array_agg(side.id), '{}') into locked from (
        select c.id from customer c
        where c.tenant = a_tenant and c.id = any(array(select order_sides(a_tenant, a_orders)))
        order by c.id for no key update) side;
      if exists (select from order_sides(a_tenant, a_orders) side where side <> all(locked)) then
        raise serialization_failure;
      end if;

      with given as (
        select * from jsonb_to_recordset(a_orders) as o (ordinal int, id text, customer_id text, currency text, gross bigint,
          refunded bigint, state text, placed_at timestamptz, version bigint)
      ), newest as (
        select distinct on (given.id) given.*, holder.id as holder
        from given
          join customer named on named.tenant = a_tenant and named.id = given.customer_id
          join customer holder on holder.tenant = a_tenant and holder.id = coalesce(named.merged_into, named.id)
        where holder.listed or (
          select true from "order" o where o.tenant = a_tenant and o.id = given.id and o.customer_id = holder.id limit 1)
        order by given.id, given.version desc, given.ordinal
      ), result as (
        insert into "order" as o (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
        select a_tenant, id, holder, currency, gross, refunded, state, placed_at, version, a_now, a_now from newest order by id
        on conflict (tenant, id) do update set
          customer_id = excluded.customer_id, currency = excluded.currency, gross = excluded.gross, refunded = excluded.refunded,
          state = excluded.state, placed_at = excluded.placed_at, version = excluded.version, updated_at = excluded.updated_at
          where o.version < excluded.version
        returning o.id, to_jsonb(old) as before, to_jsonb(new) as after
      )
      select coalesce(jsonb_agg(jsonb_build_object('ordinal', newest.ordinal, 'before', before, 'after', after)), '[]') into written
        from result join newest using (id);
      if exists (select from jsonb_array_elements(written) w where w #>> '{before,customer_id}' <> all(locked)) then
        raise serialization_failure;
      end if;
      exit;
    exception when serialization_failure then
      tries := tries + 1;
      if tries = 20 then raise; end if;
    end;
  end loop;

  with state as (
    select 1 as sign, jsonb_populate_record(null::"order", w -> 'after') as o from jsonb_array_elements(written) w
    union all
    select -1, jsonb_populate_record(null::"order", w -> 'before') from jsonb_array_elements(written) w where w -> 'before' <> 'null'
  ), part as (
    select (o).customer_id, (o).currency,
      sum(sign * case when (o).state = 'paid' then (o).gross - (o).refunded else 0 end) as amount,
      sum(sign * case when (o).state = 'paid' then 1 else 0 end) as orders
    from state group by 1, 2
  ), difference as (
    select customer_id, sum(orders) as orders, sum(amount) filter (where currency = a_currency) as amount,
      jsonb_object_agg(currency, jsonb_build_object('amount', amount, 'orders', orders)) as spent
    from part group by customer_id
  ), news as (
    select w, w #>> '{after,customer_id}' as customer_id, given.event, given.job,
      case when w #>> '{before,customer_id}' <> w #>> '{after,customer_id}'
        then jsonb_build_object('movedFrom', w #> '{before,customer_id}') else '{}' end as moved
    from jsonb_array_elements(written) w
      join jsonb_to_recordset(a_orders) as given (ordinal int, event text, job text) on given.ordinal = (w ->> 'ordinal')::int
    union all
    select w, w #>> '{before,customer_id}', given.left_event, given.left_job,
      jsonb_build_object('movedTo', w #> '{after,customer_id}')
    from jsonb_array_elements(written) w
      join jsonb_to_recordset(a_orders) as given (ordinal int, left_event text, left_job text)
        on given.ordinal = (w ->> 'ordinal')::int
    where w #>> '{before,customer_id}' <> w #>> '{after,customer_id}'
  ), turn as (
    select news.*, row_number() over (partition by customer_id order by (w ->> 'ordinal')::int) as turn,
      count(*) over (partition by customer_id) as turns
    from news join customer c on c.tenant = a_tenant and c.id = news.customer_id where c.listed
  ), counted as (
    update customer c set
      order_count = c.order_count + d.orders,
      total_spent = c.total_spent + coalesce(d.amount, 0),
      spent = add_spent(c.spent, d.spent),
      last_order_at = last.at,
      last_order_key = coalesce(last.at, '-infinity'),
      sequence = c.sequence + coalesce((select max(turns) from turn where turn.customer_id = c.id), 0)
    from difference d cross join lateral (
      select max(o.placed_at) as at from "order" o
      where o.tenant = a_tenant and o.customer_id = d.customer_id and o.state = 'paid') last
    where c.tenant = a_tenant and c.id = d.customer_id
    returning c as it
  ), told_event as (
    insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
    select a_tenant, turn.event, turn.customer_id, (it).sequence - turns + turn, 'customer.order_recorded',
      jsonb_build_object('customerId', turn.customer_id, 'customer', customer_summary(it),
        'order', order_row_document(jsonb_populate_record(null::"order", w -> 'after'))::jsonb || moved,
        'orderCount', (it).order_count, 'totalSpent', (it).total_spent, 'currency', a_currency),
      a_actor, a_request, a_now
    from turn join counted on (it).id = turn.customer_id
    returning id
  ), told_job as (
    insert into job (tenant, id, kind, payload, due_at, created_at)
    select a_tenant, turn.job, 'announce', jsonb_build_object('event', turn.event), a_now + interval '1 minute', a_now from turn
    returning id
  )
  select array_agg(id) into told from told_job;

  return query
    select given.ordinal, holder.id is not null, coalesce(done.applied, false), order_row_document(ledger.o), told
    from jsonb_to_recordset(a_orders) as given (ordinal int, id text, customer_id text)
      left join lateral (select o from "order" o where o.tenant = a_tenant and o.id = given.id offset 0) ledger on true
      left join customer named on named.tenant = a_tenant and named.id = given.customer_id
      left join customer holder on holder.tenant = a_tenant and holder.id = coalesce(named.merged_into, named.id)
        and (holder.listed or (ledger.o).customer_id = holder.id)
      left join lateral (
        select true as applied from jsonb_array_elements(written) w where (w ->> 'ordinal')::int = given.ordinal) done on true
    order by given.ordinal;
end $$;
