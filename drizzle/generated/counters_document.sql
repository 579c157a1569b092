create or replace function counters_document_f2c4d7fc("customer" "customer") returns jsonb
language sql stable parallel safe
as $row$
select jsonb_build_object('orderCount', "customer"."order_count", 'totalSpent', "customer"."total_spent", 'spent', "customer"."spent", 'lastOrderAt', to_char("customer"."last_order_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
$row$
