create or replace function event_customer_document_d4b3803f("customer" "customer") returns jsonb
language sql stable parallel safe
as $row$
select jsonb_build_object('id', "customer"."id", 'externalId', "customer"."external_id", 'email', "customer"."email", 'firstName', "customer"."first_name", 'lastName', "customer"."last_name", 'phone', "customer"."phone", 'locale', "customer"."locale", 'status', "customer"."status", 'emailVerified', ("customer"."email_verified_at" is not null), 'groups', "customer"."group_keys", 'consents', "customer"."consents", 'version', "customer"."version", 'createdAt', to_char("customer"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'updatedAt', to_char("customer"."updated_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
$row$
