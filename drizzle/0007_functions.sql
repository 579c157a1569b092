set check_function_bodies = off;
--> statement-breakpoint
drop function if exists order_sides(a_tenant text, a_orders jsonb);
--> statement-breakpoint
drop function if exists record_orders(a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz);
--> statement-breakpoint
-- What was spent per currency, with one paid order more (sign 1) or less (sign -1); a currency without an order is not listed.
create or replace function add_order(a_spent jsonb, o "order", a_sign int) returns jsonb
language plpgsql immutable parallel safe as $$
declare
  orders int := coalesce((a_spent -> o.currency ->> 'orders')::int, 0) + a_sign;
begin
  if orders = 0 then return a_spent - o.currency; end if;
  return a_spent || jsonb_build_object(o.currency, jsonb_build_object('orders', orders,
    'amount', coalesce((a_spent -> o.currency ->> 'amount')::bigint, 0) + a_sign * (o.gross - o.refunded)));
end $$;
--> statement-breakpoint
-- Takes an order as it is into the counters of a customer, which is locked, and as it was out of them, as far as it is and was this
-- customer's. One who is still there is to be told: the sequence rises. Returns the customer as it is then.
create or replace function count_order(a_tenant text, a_customer text, a_was "order", a_is "order", a_currency text) returns customer
language plpgsql volatile as $$
declare
  it customer;
  was_paid boolean := coalesce(a_was.customer_id = a_customer and a_was.state = 'paid', false);
  is_paid boolean := a_is.customer_id = a_customer and a_is.state = 'paid';
  last_at timestamptz;
begin
  select * into it from customer where tenant = a_tenant and id = a_customer;
  if was_paid then it.spent := add_order(it.spent, a_was, -1); end if;
  if is_paid then it.spent := add_order(it.spent, a_is, 1); end if;
  select max(o.placed_at) into last_at from "order" o where o.tenant = a_tenant and o.customer_id = a_customer and o.state = 'paid';
  update customer c set
    order_count = c.order_count - was_paid::int + is_paid::int,
    total_spent = coalesce((it.spent -> a_currency ->> 'amount')::bigint, 0),
    spent = it.spent, last_order_at = last_at, last_order_key = coalesce(last_at, '-infinity'),
    sequence = c.sequence + c.listed::int
    where c.tenant = a_tenant and c.id = a_customer returning * into it;
  return it;
end $$;
--> statement-breakpoint
-- Head of taking in orders: whoever takes in the same ones waits, and so does whoever changes a customer whose counters they touch.
-- When a merge was faster while we waited, the locks are given back: once more, with whom it named.
create or replace function hold_order_sides(a_tenant text, a_orders jsonb) returns void
language plpgsql volatile as $$
declare
  sides text[];
  side text;
  tries int := 0;
begin
  perform pg_advisory_xact_lock(twin.key) from (
    select distinct hashtextextended(a_tenant || chr(31) || (one ->> 'id'), 3) as key from jsonb_array_elements(a_orders) one order by 1
  ) twin;
  loop
    begin
      sides := order_sides(a_tenant, a_orders);
      foreach side in array sides loop
        perform from customer where tenant = a_tenant and id = side for no key update;
      end loop;
      if not order_sides(a_tenant, a_orders) <@ sides then raise serialization_failure; end if;
      return;
    exception when serialization_failure then
      tries := tries + 1;
      if tries = 20 then raise; end if;
    end;
  end loop;
end $$;
--> statement-breakpoint
-- The words of a customer's name after the first of the first name and the first of the last, which have indexes of their own:
-- each once, whoever writes a name and however.
create or replace function keep_name_words() returns trigger
language plpgsql volatile as $$
declare
  before text[] := '{}';
  now text[] := '{}';
  one text;
begin
  if tg_op <> 'INSERT' then
    before := (string_to_array(old.first_name_key, ' '))[2:] || (string_to_array(old.last_name_key, ' '))[2:];
  end if;
  if tg_op <> 'DELETE' then
    now := (string_to_array(new.first_name_key, ' '))[2:] || (string_to_array(new.last_name_key, ' '))[2:];
  end if;
  -- One by one, for whoever is asked for a list of words plans anew for each.
  foreach one in array before loop
    continue when one = any(now);
    delete from name_word where tenant = old.tenant and customer_id = old.id and word = one;
  end loop;
  foreach one in array now loop
    continue when one = any(before);
    insert into name_word (tenant, word, customer_id) values (new.tenant, one, new.id) on conflict do nothing;
  end loop;
  return null;
end $$;

create or replace trigger name_is_written after insert on customer
  for each row when (strpos(new.first_name_key || new.last_name_key, ' ') > 0) execute function keep_name_words();

create or replace trigger name_is_rewritten after update of first_name_key, last_name_key on customer
  for each row when ((old.first_name_key, old.last_name_key) is distinct from (new.first_name_key, new.last_name_key))
  execute function keep_name_words();

create or replace trigger name_is_gone after delete on customer
  for each row when (strpos(old.first_name_key || old.last_name_key, ' ') > 0) execute function keep_name_words();
--> statement-breakpoint
-- Everyone whose counters these orders may touch: who stands for the customers they name, and who holds them now. In the order of their
-- ids, each once.
create or replace function order_sides(a_tenant text, a_orders jsonb) returns text[]
language plpgsql stable as $$
declare
  one jsonb;
  side text;
  sides text[] := '{}';
begin
  for one in select value from jsonb_array_elements(a_orders) loop
    select coalesce(merged_into, id) into side from customer where tenant = a_tenant and id = one ->> 'customer_id';
    if found then sides := sides || side; end if;
    select customer_id into side from "order" where tenant = a_tenant and id = one ->> 'id';
    if found then sides := sides || side; end if;
  end loop;
  return array(select distinct id collate "C" from unnest(sides) id order by 1);
end $$;
--> statement-breakpoint
-- Takes the state of one order into the ledger, and its difference into the counters of whose it is and was, with an event for each.
-- Everyone in it is held before (hold_order_sides). Returns whether there is such a customer, whether this state is newer than what the
-- ledger had, the order as the ledger has it then, and the jobs that were written. a_order: see record_orders.
create or replace function record_order(
  a_tenant text, a_order jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz,
  out known boolean, out applied boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  given "order" := jsonb_populate_record(null::"order", a_order);
  it customer;
  was "order";
  news jsonb;
begin
  select * into it from customer where tenant = a_tenant and id = given.customer_id;
  if it.merged_into is not null then select * into it from customer where tenant = a_tenant and id = it.merged_into; end if;
  select * into was from "order" where tenant = a_tenant and id = given.id;
  -- What a customer that is gone had stays true, quietly; it gets nothing new.
  known := coalesce(it.listed or was.customer_id = it.id, false);
  applied := known and (was.version is null or was.version < given.version);
  if not applied then
    document := order_row_document(was);
    return;
  end if;

  given.tenant := a_tenant;
  given.customer_id := it.id;
  given.created_at := coalesce(was.created_at, a_now);
  given.updated_at := a_now;
  if was.id is null then insert into "order" select given.*;
  else
    update "order" set customer_id = given.customer_id, currency = given.currency, gross = given.gross, refunded = given.refunded,
        state = given.state, placed_at = given.placed_at, version = given.version, updated_at = a_now
      where tenant = a_tenant and id = given.id;
  end if;
  document := order_row_document(given);

  it := count_order(a_tenant, it.id, was, given, a_currency);
  if it.listed then
    jobs := array[tell(it, a_order ->> 'event', a_order ->> 'job', 'customer.order_recorded', '{}',
      jsonb_build_object('order', document::jsonb
          || case when was.customer_id <> it.id then jsonb_build_object('movedFrom', was.customer_id) else '{}' end,
        'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency), a_actor, a_request, a_now)];
  end if;
  if was.customer_id <> given.customer_id then
    it := count_order(a_tenant, was.customer_id, was, given, a_currency);
    if it.listed then
      jobs := jobs || tell(it, a_order ->> 'left_event', a_order ->> 'left_job', 'customer.order_recorded', '{}',
        jsonb_build_object('order', document::jsonb || jsonb_build_object('movedTo', given.customer_id),
          'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency), a_actor, a_request, a_now);
    end if;
  end if;
end $$;
--> statement-breakpoint
-- Takes the states of many orders into the ledger, each as record_order does. Per order the newest version wins, also when it names
-- another customer; a merged customer's orders are its survivor's. Each order has the columns of the ledger, and the ids event, job,
-- left_event, left_job to tell of it with; the latter two tell whom it moved away from. Each answer has the place of its order.
create or replace function record_orders(
  a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (place int, known boolean, applied boolean, document json, jobs text[])
language plpgsql volatile as $$
declare
  one jsonb;
begin
  perform hold_order_sides(a_tenant, a_orders);
  -- The newest state of an order stands in for the others of it, which are not newer then, in the place of the first among them.
  for place, one in
    select it.ordinality, it.value
    from jsonb_array_elements(a_orders) with ordinality it
    order by first_value(it.ordinality) over (partition by it.value ->> 'id' order by (it.value -> 'version')::bigint desc, it.ordinality),
      (it.value -> 'version')::bigint desc, it.ordinality
  loop
    select done.* into known, applied, document, jobs
      from record_order(a_tenant, one, a_currency, a_actor, a_request, a_now) done;
    return next;
  end loop;
end $$;
