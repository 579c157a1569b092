create or replace function check_previewed_rule_24ba2405(
  "p_tenant" text, "p_named" text[], "p_allowShopperValues" boolean
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select refuse(code, case code when 'invalid_input' then "invalid_input" when 'rule_not_trusted' then "rule_not_trusted" end) from (select case when array(select named from unnest($2::text[]) named where named not in ((select "key" from "group" "other" where ("other"."tenant" = $1::text and "other"."dissolved_at" is null)))) <> '{}' then 'invalid_input' when (not $3::boolean and exists ((select "key" from "group" "other" where (("other"."tenant" = $1::text and "other"."dissolved_at" is null) and ("other"."may_hold_shoppers" = true and "other"."key" = any(groups_read_e4ab89e1($1::text, $2::text[]))))))) then 'rule_not_trusted' end as code, (select jsonb_agg(jsonb_build_object('path', 'group/'::text || named, 'code', 'unknown_group'::text, 'message', 'There is no such group.'::text)
    order by named collate "C")::text from unnest(array(select named from unnest($2::text[]) named where named not in ((select "key" from "group" "other" where ("other"."tenant" = $1::text and "other"."dissolved_at" is null))))) named) as "invalid_input", (select jsonb_agg(jsonb_build_object('path', 'group/'::text || named, 'code', 'shopper_group'::text, 'message', 'Shoppers can put themselves into this group.'::text)
    order by named collate "C")::text from unnest(array((select "key" from "group" "other" where (("other"."tenant" = $1::text and "other"."dissolved_at" is null) and ("other"."may_hold_shoppers" = true and "other"."key" = any(groups_read_e4ab89e1($1::text, $2::text[]))))))) named) as "rule_not_trusted" ) refusal where code is not null;
select '[]'::json as made
$use_case$
