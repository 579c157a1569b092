create or replace function address_content_f3e7c89a("address" "address") returns jsonb
language sql stable parallel safe
as $row$
select jsonb_build_object('label', "address"."label", 'firstName', "address"."first_name", 'lastName', "address"."last_name", 'company', "address"."company", 'line1', "address"."line1", 'line2', "address"."line2", 'city', "address"."city", 'state', "address"."state", 'postalCode', "address"."postal_code", 'country', "address"."country", 'phone', "address"."phone")
$row$
