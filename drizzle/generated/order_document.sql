create or replace function order_document_f718d0f0("order" "order") returns jsonb
language sql stable parallel safe
as $row$
select jsonb_build_object('id', "order"."id", 'customerId', "order"."customer_id", 'currency', "order"."currency", 'total', "order"."gross", 'refunded', "order"."refunded", 'state', "order"."state", 'placedAt', to_char("order"."placed_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'version', "order"."version", 'recordedAt', to_char("order"."updated_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
$row$
