create or replace function return_consents_44db737c(
  "p_tenant" text, "p_survivorId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "customer" set "consents" = coalesce(((select jsonb_object_agg("purpose", "state") as "states" from (select distinct on ("consent"."purpose") "purpose", "state" from "consent" where ("consent"."tenant" = $1::text and "consent"."customer_id" = $2::text and ("consent"."merge_id" is null or ((select true from "merge" where ("merge"."tenant" = $1::text and "merge"."id" = "consent"."merge_id" and "merge"."state" = 'done') limit 1)) is true)) order by "consent"."purpose", "consent"."place" desc) "newest")), '{}') where ("customer"."tenant" = $1::text and "customer"."id" = $2::text);
select '[]'::json as made
$use_case$
