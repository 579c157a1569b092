create or replace function purge_name_words_aa4411d0(
  "p_tenant" text, "p_words" text[], "p_spellings" text[], "p_position" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select pg_advisory_xact_lock(hashtextextended($1::text, 5)) where cardinality($2::text[]) > 0;
delete from "name_spelling" where ("name_spelling"."tenant" = $1::text and "name_spelling"."spelling" = any($3::text[]) and "name_spelling"."word" = any($2::text[]) and not (exists (select "id" from "customer" where ("customer"."tenant" = "name_spelling"."tenant" and "customer"."listed" in (true, false) and "customer"."last_name_key" >= "name_spelling"."word" and "customer"."last_name_key" < "name_spelling"."word" || '!' and "customer"."status" <> 'deleted')) or exists (select "id" from "customer" where ("customer"."tenant" = "name_spelling"."tenant" and "customer"."listed" in (true, false) and "customer"."first_name_key" >= "name_spelling"."word" and "customer"."first_name_key" < "name_spelling"."word" || '!' and "customer"."status" <> 'deleted')) or exists (select "name_word"."word" from "name_word" inner join "customer" on ("customer"."tenant" = "name_word"."tenant" and "customer"."id" = "name_word"."customer_id" and "customer"."status" <> 'deleted') where ("name_word"."tenant" = "name_spelling"."tenant" and "name_word"."word" = "name_spelling"."word"))));
insert into "scan_progress" ("tenant", "task", "position", "examined", "hits", "started_at") values ($1::text, 'words', '', 0, 0, $5::timestamp with time zone) on conflict do nothing;
update "scan_progress" set "position" = $4::text where ("scan_progress"."tenant" = $1::text and "scan_progress"."task" = 'words' and "scan_progress"."task" in (select "task" from "scan_progress" where ("scan_progress"."tenant" = $1::text and "scan_progress"."task" = 'words') for update skip locked));
select '[]'::json as made
$use_case$
