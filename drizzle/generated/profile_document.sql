create or replace function profile_document_24024c29("customer" "customer") returns jsonb
language sql stable parallel safe
as $row$
select jsonb_build_object('externalId', "customer"."external_id", 'firstName', "customer"."first_name", 'lastName', "customer"."last_name", 'phone', "customer"."phone", 'locale', "customer"."locale")
$row$
