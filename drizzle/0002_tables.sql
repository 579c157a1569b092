CREATE TABLE "delivery" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"webhook_id" text collate "C" NOT NULL,
	"event_id" text collate "C" NOT NULL,
	"status" text NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"attempted_at" timestamp with time zone,
	"response_status" integer,
	"response_body" text,
	"response_ms" integer,
	"error" text,
	"settled_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_pkey" PRIMARY KEY("tenant","id"),
	CONSTRAINT "delivery_status_known" CHECK (status in ('pending', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "email_change" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"old_email" text NOT NULL,
	"old_email_key" text collate "C" NOT NULL,
	"new_email" text NOT NULL,
	"new_email_key" text collate "C" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"undo_until" timestamp with time zone,
	CONSTRAINT "email_change_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "merge" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"survivor_id" text collate "C" NOT NULL,
	"merged_id" text collate "C" NOT NULL,
	"automatic" boolean NOT NULL,
	"orders_only" boolean DEFAULT false NOT NULL,
	"actor" jsonb,
	"request_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"tried_at" timestamp with time zone,
	"merged_at" timestamp with time zone,
	"before" jsonb,
	"password_hash" text,
	"order_ids" text[] DEFAULT '{}' NOT NULL,
	"address_ids" text[] DEFAULT '{}' NOT NULL,
	"group_keys" text[] DEFAULT '{}' NOT NULL,
	"follower_ids" text[] DEFAULT '{}' NOT NULL,
	"profile" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" jsonb,
	"conflicts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "merge_pkey" PRIMARY KEY("tenant","id"),
	CONSTRAINT "merge_state_known" CHECK (state in ('pending', 'done', 'undone')),
	CONSTRAINT "merge_done_can_be_undone" CHECK (state = 'pending' or before is not null)
);
--> statement-breakpoint
CREATE TABLE "name_word" (
	"tenant" text NOT NULL,
	"word" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	CONSTRAINT "name_word_pkey" PRIMARY KEY("tenant","word","customer_id")
);
--> statement-breakpoint
CREATE TABLE "session_token" (
	"tenant" text NOT NULL,
	"hash" text NOT NULL,
	"session_id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_token_pkey" PRIMARY KEY("tenant","hash")
);
--> statement-breakpoint
CREATE TABLE "signed_out" (
	"tenant" text NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "signed_out_pkey" PRIMARY KEY("tenant","customer_id")
);
--> statement-breakpoint
CREATE TABLE "webhook" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"description" text,
	"status" text NOT NULL,
	"disabled_reason" text,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_secret_until" timestamp with time zone,
	"failing_since" timestamp with time zone,
	"last_at" timestamp with time zone,
	"last_status" integer,
	"last_error" text,
	"paused_until" timestamp with time zone,
	"leased_until" timestamp with time zone,
	"wake_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_pkey" PRIMARY KEY("tenant","id"),
	CONSTRAINT "webhook_status_known" CHECK (status in ('enabled', 'disabled', 'deleted'))
);
--> statement-breakpoint
DROP INDEX "customer_by_created_at";--> statement-breakpoint
DROP INDEX "customer_by_updated_at";--> statement-breakpoint
DROP INDEX "customer_by_total_spent";--> statement-breakpoint
DROP INDEX "customer_by_order_count";--> statement-breakpoint
DROP INDEX "customer_by_last_order";--> statement-breakpoint
DROP INDEX "customer_by_last_name";--> statement-breakpoint
DROP INDEX "customer_by_first_name";--> statement-breakpoint
DROP INDEX "customer_by_email";--> statement-breakpoint
DROP INDEX "customer_by_country";--> statement-breakpoint
DROP INDEX "customer_by_rare_status";--> statement-breakpoint
ALTER TABLE "customer" ALTER COLUMN "merged_into" SET DATA TYPE text collate "C";--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "unproven" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "failure" ADD COLUMN "customer_id" text collate "C";--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "provider_refresh" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_has_webhook" FOREIGN KEY ("tenant","webhook_id") REFERENCES "public"."webhook"("tenant","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_has_event" FOREIGN KEY ("tenant","event_id") REFERENCES "public"."event"("tenant","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_token" ADD CONSTRAINT "session_token_ends_with_session" FOREIGN KEY ("tenant","session_id") REFERENCES "public"."session"("tenant","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_once_per_endpoint" ON "delivery" USING btree ("tenant","webhook_id","event_id");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("tenant","webhook_id","next_attempt_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "delivery_of_webhook" ON "delivery" USING btree ("tenant","webhook_id","id");--> statement-breakpoint
CREATE INDEX "delivery_of_event" ON "delivery" USING btree ("tenant","event_id");--> statement-breakpoint
CREATE INDEX "delivery_by_age" ON "delivery" USING btree ("settled_at") WHERE settled_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "email_change_one_pending" ON "email_change" USING btree ("tenant","customer_id") WHERE confirmed_at is null;--> statement-breakpoint
CREATE INDEX "email_change_of_customer" ON "email_change" USING btree ("tenant","customer_id");--> statement-breakpoint
CREATE INDEX "email_change_reserves" ON "email_change" USING btree ("tenant","old_email_key");--> statement-breakpoint
CREATE INDEX "email_change_by_age" ON "email_change" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "merge_takes_a_customer_once" ON "merge" USING btree ("tenant","merged_id") WHERE state in ('pending', 'done');--> statement-breakpoint
CREATE INDEX "merge_by_state" ON "merge" USING btree ("tenant","state","id");--> statement-breakpoint
CREATE INDEX "merge_of_survivor" ON "merge" USING btree ("tenant","survivor_id","id");--> statement-breakpoint
CREATE INDEX "merge_of_merged" ON "merge" USING btree ("tenant","merged_id","id");--> statement-breakpoint
CREATE INDEX "session_token_of_session" ON "session_token" USING btree ("tenant","session_id");--> statement-breakpoint
CREATE INDEX "session_token_by_expiry" ON "session_token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "signed_out_by_age" ON "signed_out" USING btree ("at");--> statement-breakpoint
CREATE INDEX "webhook_deleted" ON "webhook" USING btree ("tenant","id") WHERE status = 'deleted';--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_identity" ON "customer" USING btree ("tenant",split_part(password_hash, '$', 3)) WHERE password_hash like '$hanzo$%';--> statement-breakpoint
CREATE INDEX "event_by_age" ON "event" USING btree ("tenant","at","id");--> statement-breakpoint
CREATE INDEX "failure_of_customer" ON "failure" USING btree ("tenant","customer_id");