create or replace function find_mail_62fd70f5(
  "p_tenant" text, "p_jobId" text, "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7)), '[]') as made from (select "mail"."id", "mail"."template", "mail"."recipient", "mail"."locale", "mail"."provider", ("mail"."token_id" is not null), "mail_token"."id", "mail_token"."subject" from "job" inner join "mail" on ("mail"."tenant" = "job"."tenant" and "mail"."id" = "job"."payload" ->> 'mail') left join "mail_token" on ("mail_token"."tenant" = "mail"."tenant" and "mail_token"."id" = "mail"."token_id" and "mail_token"."expires_at" > $3::timestamptz) where ("job"."tenant" = $1::text and "job"."id" = $2::text)) answer (c0, c1, c2, c3, c4, c5, c6, c7)
$use_case$
