create or replace function check_previewed_rule_e0808162(
  "p_tenant" text, "p_rule" jsonb, "p_named" text[], "p_allowShopperValues" boolean
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select refuse(code, case code when 'invalid_input' then "invalid_input" when 'rule_not_trusted' then "rule_not_trusted" end) from (select case when array(select named from unnest($3::text[]) named where named not in ((select "key" from "group" "other" where ("other"."tenant" = $1::text and "other"."dissolved_at" is null)))) <> '{}' then 'invalid_input' when (not $4::boolean and exists ((select "key" from "group" "other" where (("other"."tenant" = $1::text and "other"."dissolved_at" is null) and ("other"."may_hold_shoppers" = true and "other"."key" = any(groups_read_e4ab89e1($1::text, $3::text[]))))))) then 'rule_not_trusted' end as code, (select jsonb_agg(jsonb_build_object('path', case when jsonb_exists($2::jsonb -> 'group', named) then 'rule.group'
    when jsonb_exists($2::jsonb -> 'groupNot', named) then 'rule.groupNot' else 'rule' end, 'code', 'unknown_group'::text, 'message', 'There is no group `' || named || '`.')
    order by named collate "C")::text from unnest(array(select named from unnest($3::text[]) named where named not in ((select "key" from "group" "other" where ("other"."tenant" = $1::text and "other"."dissolved_at" is null))))) named) as "invalid_input", (select jsonb_agg(jsonb_build_object('path', case when jsonb_exists($2::jsonb -> 'group', named) then 'rule.group'
    when jsonb_exists($2::jsonb -> 'groupNot', named) then 'rule.groupNot' else 'rule' end, 'code', 'shopper_group'::text, 'message', 'Shoppers can put themselves into the group `' || named || '`.')
    order by named collate "C")::text from unnest(array((select "key" from "group" "other" where (("other"."tenant" = $1::text and "other"."dissolved_at" is null) and ("other"."may_hold_shoppers" = true and "other"."key" = any(groups_read_e4ab89e1($1::text, $3::text[]))))))) named) as "rule_not_trusted" ) refusal where code is not null;
select '[]'::json as made
$use_case$
