create or replace function find_signing_keys_1f8a0cc8(
  "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3)), '[]') as made from (select "id", "public_jwk", "private_key", "signs_from" from "signing_key" where "signing_key"."expires_at" > $1::timestamptz order by "signing_key"."signs_from" desc) answer (c0, c1, c2, c3)
$use_case$
