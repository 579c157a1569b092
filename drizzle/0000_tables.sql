CREATE TABLE "address" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"label" text,
	"first_name" text,
	"last_name" text,
	"company" text,
	"line1" text NOT NULL,
	"line2" text,
	"city" text,
	"state" text,
	"postal_code" text,
	"country" text NOT NULL,
	"phone" text,
	"sameness" text NOT NULL,
	"keys" jsonb NOT NULL,
	"unproven" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "address_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"email" text NOT NULL,
	"email_key" text collate "C" NOT NULL,
	"password_hash" text,
	"first_name" text,
	"last_name" text,
	"phone" text,
	"locale" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'live' NOT NULL,
	"place" text,
	CONSTRAINT "attempt_pkey" PRIMARY KEY("tenant","id"),
	CONSTRAINT "attempt_one_per_password" UNIQUE NULLS NOT DISTINCT("tenant","email_key","password_hash")
);
--> statement-breakpoint
CREATE TABLE "authorization_code" (
	"tenant" text NOT NULL,
	"hash" text NOT NULL,
	"client_id" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"challenge" text NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"proven_at" timestamp with time zone NOT NULL,
	"user_agent" text,
	"address" text,
	"provider_tokens" text,
	"session_id" text collate "C",
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "authorization_code_pkey" PRIMARY KEY("tenant","hash")
);
--> statement-breakpoint
CREATE TABLE "consent" (
	"tenant" text NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"purpose" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"source" text,
	"text_version" text,
	"actor" jsonb,
	"request_id" text,
	"merge_id" text collate "C",
	"created_at" timestamp with time zone NOT NULL,
	"place" bigserial NOT NULL,
	CONSTRAINT "consent_pkey" PRIMARY KEY("tenant","customer_id","place")
);
--> statement-breakpoint
CREATE TABLE "customer" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"external_id" text,
	"email" text NOT NULL,
	"email_key" text collate "C" NOT NULL,
	"first_name" text,
	"last_name" text,
	"first_name_key" text collate "C" DEFAULT '' NOT NULL,
	"last_name_key" text collate "C" DEFAULT '' NOT NULL,
	"phone" text,
	"locale" text,
	"status" text NOT NULL,
	"listed" boolean GENERATED ALWAYS AS (status in ('guest', 'unverified', 'active', 'disabled')) STORED NOT NULL,
	"email_verified_at" timestamp with time zone,
	"claimed_at" timestamp with time zone,
	"password_hash" text,
	"provisional" boolean DEFAULT false NOT NULL,
	"disabled_reason" text,
	"device_epoch" integer DEFAULT 0 NOT NULL,
	"unproven" boolean DEFAULT false NOT NULL,
	"silent" boolean DEFAULT false NOT NULL,
	"group_keys" text[] DEFAULT '{}' NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"consents" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"order_count" integer DEFAULT 0 NOT NULL,
	"total_spent" bigint DEFAULT 0 NOT NULL,
	"spent" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_order_at" timestamp with time zone,
	"last_order_key" timestamp with time zone DEFAULT '-infinity' NOT NULL,
	"default_shipping_id" text collate "C",
	"default_billing_id" text collate "C",
	"merged_into" text collate "C",
	"erasure_id" text collate "C",
	"sequence" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "customer_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "dead_letter" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"queue" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"body" json NOT NULL,
	"payload" jsonb,
	"attempts" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"replayed_at" timestamp with time zone,
	CONSTRAINT "dead_letter_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
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
CREATE TABLE "drift" (
	"tenant" text NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"counted" jsonb NOT NULL,
	"ledger" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drift_pkey" PRIMARY KEY("tenant","created_at","customer_id")
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
CREATE TABLE "erasure" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"customer_ids" text[] NOT NULL,
	"guest_ids" text[] NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"actor" jsonb NOT NULL,
	"request_id" text,
	"event_id" text collate "C" NOT NULL,
	"place" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "erasure_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C",
	"sequence" integer,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"actor" jsonb NOT NULL,
	"request_id" text,
	"at" timestamp with time zone NOT NULL,
	"place" bigserial NOT NULL,
	CONSTRAINT "event_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "failure" (
	"tenant" text NOT NULL,
	"key" text NOT NULL,
	"customer_id" text collate "C",
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone NOT NULL,
	"alarm" text,
	"client_id" text,
	"is_untold" boolean DEFAULT false NOT NULL,
	CONSTRAINT "failure_pkey" PRIMARY KEY("tenant","key")
);
--> statement-breakpoint
CREATE TABLE "find_key" (
	"tenant" text NOT NULL,
	"kind" text NOT NULL,
	"value" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	CONSTRAINT "find_key_pkey" PRIMARY KEY("tenant","kind","value","customer_id")
);
--> statement-breakpoint
CREATE TABLE "group" (
	"tenant" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"name" text,
	"description" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"rule" jsonb,
	"allow_shopper_values" boolean DEFAULT false NOT NULL,
	"rule_number" integer DEFAULT 0 NOT NULL,
	"rule_stopped" boolean DEFAULT false NOT NULL,
	"may_hold_shoppers" boolean DEFAULT false NOT NULL,
	"rule_untrusted" text[] DEFAULT '{}' NOT NULL,
	"rule_reads" text[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"dissolved_at" timestamp with time zone,
	CONSTRAINT "group_pkey" PRIMARY KEY("tenant","key"),
	CONSTRAINT "group_key_spelling" CHECK (key ~ '^[a-z0-9][a-z0-9_-]{0,63}$')
);
--> statement-breakpoint
CREATE TABLE "group_task" (
	"tenant" text NOT NULL,
	"group_key" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"rule_number" integer NOT NULL,
	"filter" jsonb,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"after" text collate "C" DEFAULT '' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	CONSTRAINT "group_task_pkey" PRIMARY KEY("tenant","group_key","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"tenant" text NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"answer" json NOT NULL,
	"subject_id" text collate "C",
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_pkey" PRIMARY KEY("tenant","scope","key")
);
--> statement-breakpoint
CREATE TABLE "job" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"relays" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "job_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "linked_identity" (
	"tenant" text NOT NULL,
	"identity" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"provider" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "linked_identity_pkey" PRIMARY KEY("tenant","identity")
);
--> statement-breakpoint
CREATE TABLE "list_entry" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"status" text NOT NULL,
	"listed" boolean GENERATED ALWAYS AS (status in ('guest', 'unverified', 'active', 'disabled')) STORED NOT NULL,
	"order_count" integer NOT NULL,
	"total_spent" bigint NOT NULL,
	"last_order_key" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"group_keys" text[],
	"email_verified" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"template" text NOT NULL,
	"recipient" text,
	"locale" text,
	"customer_id" text collate "C",
	"token_id" text collate "C",
	"provider" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mail_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "mail_token" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"purpose" text NOT NULL,
	"subject" text collate "C" NOT NULL,
	"change_id" text collate "C",
	"email_key" text collate "C" NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mail_token_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"tenant" text NOT NULL,
	"group_key" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"by_rule" boolean DEFAULT false NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "membership_pkey" PRIMARY KEY("tenant","group_key","customer_id"),
	CONSTRAINT "membership_has_origin" CHECK (source <> 'rule' or by_rule and expires_at is null),
	CONSTRAINT "membership_source_known" CHECK (source in ('manual', 'rule', 'merge', 'import'))
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
CREATE TABLE "name_spelling" (
	"tenant" text NOT NULL,
	"spelling" text collate "C" NOT NULL,
	"word" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "name_word" (
	"tenant" text NOT NULL,
	"word" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	CONSTRAINT "name_word_pkey" PRIMARY KEY("tenant","word","customer_id")
);
--> statement-breakpoint
CREATE TABLE "order" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"currency" text NOT NULL,
	"gross" bigint NOT NULL,
	"refunded" bigint NOT NULL,
	"state" text NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_pkey" PRIMARY KEY("tenant","id"),
	CONSTRAINT "order_state_known" CHECK (state in ('paid', 'canceled')),
	CONSTRAINT "order_refunds_what_was_paid" CHECK (refunded between 0 and gross)
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"credential_id" text collate "C" NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"device_type" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"rp_id" text NOT NULL,
	"aaguid" text NOT NULL,
	"user_handle" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkey_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "quota" (
	"tenant" text NOT NULL,
	"key" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"alarm" text,
	"is_untold" boolean DEFAULT false NOT NULL,
	CONSTRAINT "quota_pkey" PRIMARY KEY("tenant","key")
);
--> statement-breakpoint
CREATE TABLE "release" (
	"id" text PRIMARY KEY NOT NULL,
	"functions" text[] NOT NULL,
	"applied_at" timestamp with time zone NOT NULL,
	"called_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "revoked_token" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "revoked_token_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "rule_moment" (
	"tenant" text NOT NULL,
	"group_key" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rule_moment_pkey" PRIMARY KEY("tenant","group_key","customer_id")
);
--> statement-breakpoint
CREATE TABLE "scan_progress" (
	"tenant" text NOT NULL,
	"task" text NOT NULL,
	"position" text collate "C" NOT NULL,
	"examined" integer NOT NULL,
	"hits" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sweep_pkey" PRIMARY KEY("tenant","task")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"client_id" text NOT NULL,
	"refresh_hash" text NOT NULL,
	"proven_at" timestamp with time zone,
	"is_bound" boolean DEFAULT false NOT NULL,
	"rotated_at" timestamp with time zone,
	"provider_refresh" text,
	"renewing_until" timestamp with time zone,
	"user_agent" text,
	"address" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_pkey" PRIMARY KEY("tenant","id")
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
CREATE TABLE "signing_key" (
	"id" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_key" text NOT NULL,
	"signs_from" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_proof" (
	"tenant" text NOT NULL,
	"hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spent_proof_pkey" PRIMARY KEY("tenant","hash")
);
--> statement-breakpoint
CREATE TABLE "tick" (
	"tenant" text NOT NULL,
	"task" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone NOT NULL,
	"told" boolean NOT NULL,
	CONSTRAINT "tick_pkey" PRIMARY KEY("tenant","task")
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
ALTER TABLE "address" ADD CONSTRAINT "address_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_has_webhook" FOREIGN KEY ("tenant","webhook_id") REFERENCES "public"."webhook"("tenant","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_has_event" FOREIGN KEY ("tenant","event_id") REFERENCES "public"."event"("tenant","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_has_group" FOREIGN KEY ("tenant","group_key") REFERENCES "public"."group"("tenant","key") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "order" ADD CONSTRAINT "order_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rule_moment" ADD CONSTRAINT "rule_moment_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "session_token" ADD CONSTRAINT "session_token_ends_with_session" FOREIGN KEY ("tenant","session_id") REFERENCES "public"."session"("tenant","id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "address_stored_once" ON "address" USING btree ("tenant","customer_id","sameness");
--> statement-breakpoint
CREATE UNIQUE INDEX "address_of_customer" ON "address" USING btree ("tenant","customer_id","id");
--> statement-breakpoint
CREATE INDEX "attempt_by_expiry" ON "attempt" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "authorization_code_of_customer" ON "authorization_code" USING btree ("tenant","customer_id");
--> statement-breakpoint
CREATE INDEX "authorization_code_by_expiry" ON "authorization_code" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "consent_of_purpose" ON "consent" USING btree ("tenant","customer_id","purpose","place");
--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_account_per_email" ON "customer" USING btree ("tenant","email_key") WHERE status in ('unverified', 'active', 'disabled');
--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_guest_per_email" ON "customer" USING btree ("tenant","email_key") WHERE status = 'guest';
--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_identity" ON "customer" USING btree ("tenant",split_part(password_hash, '$', 3)) WHERE password_hash like '$hanzo$%';
--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_external_id" ON "customer" USING btree ("tenant","external_id") WHERE external_id is not null and status <> 'deleted';
--> statement-breakpoint
CREATE INDEX "customer_by_survivor" ON "customer" USING btree ("tenant","merged_into") WHERE merged_into is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letter_stored_once" ON "dead_letter" USING btree ("tenant","kind","subject") WHERE replayed_at is null;
--> statement-breakpoint
CREATE INDEX "dead_letter_by_age" ON "dead_letter" USING btree ("created_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_once_per_endpoint" ON "delivery" USING btree ("tenant","webhook_id","event_id");
--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("tenant","webhook_id","next_attempt_at") WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX "delivery_of_webhook" ON "delivery" USING btree ("tenant","webhook_id","id");
--> statement-breakpoint
CREATE INDEX "delivery_of_event" ON "delivery" USING btree ("tenant","event_id");
--> statement-breakpoint
CREATE INDEX "delivery_by_age" ON "delivery" USING btree ("settled_at") WHERE settled_at is not null;
--> statement-breakpoint
CREATE INDEX "drift_of_customer" ON "drift" USING btree ("tenant","customer_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "email_change_one_pending" ON "email_change" USING btree ("tenant","customer_id") WHERE confirmed_at is null;
--> statement-breakpoint
CREATE INDEX "email_change_of_customer" ON "email_change" USING btree ("tenant","customer_id");
--> statement-breakpoint
CREATE INDEX "email_change_reserves" ON "email_change" USING btree ("tenant","old_email_key");
--> statement-breakpoint
CREATE INDEX "email_change_by_age" ON "email_change" USING btree ("created_at");
--> statement-breakpoint
CREATE INDEX "erasure_feed" ON "erasure" USING btree ("tenant","place");
--> statement-breakpoint
CREATE UNIQUE INDEX "event_sequence_has_no_twin" ON "event" USING btree ("tenant","customer_id","sequence");
--> statement-breakpoint
CREATE INDEX "event_feed" ON "event" USING btree ("tenant","place");
--> statement-breakpoint
CREATE INDEX "event_by_age" ON "event" USING btree ("tenant","at","id");
--> statement-breakpoint
CREATE INDEX "failure_of_customer" ON "failure" USING btree ("tenant","customer_id");
--> statement-breakpoint
CREATE INDEX "failure_untold" ON "failure" USING btree ("tenant") WHERE is_untold;
--> statement-breakpoint
CREATE INDEX "failure_by_age" ON "failure" USING btree ("last_at");
--> statement-breakpoint
CREATE INDEX "group_with_rule" ON "group" USING btree ("tenant","key") WHERE rule is not null;
--> statement-breakpoint
CREATE INDEX "idempotency_by_age" ON "idempotency" USING btree ("created_at");
--> statement-breakpoint
CREATE INDEX "idempotency_of_subject" ON "idempotency" USING btree ("tenant","subject_id");
--> statement-breakpoint
CREATE INDEX "job_by_due" ON "job" USING btree ("due_at");
--> statement-breakpoint
CREATE INDEX "linked_identity_of_customer" ON "linked_identity" USING btree ("tenant","customer_id","last_used_at");
--> statement-breakpoint
CREATE INDEX "mail_of_customer" ON "mail" USING btree ("tenant","customer_id");
--> statement-breakpoint
CREATE INDEX "mail_by_age" ON "mail" USING btree ("created_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "mail_token_newest_counts" ON "mail_token" USING btree ("tenant","purpose","subject") WHERE purpose not in ('undo', 'login_code', 'login_link');
--> statement-breakpoint
CREATE INDEX "mail_token_of_subject" ON "mail_token" USING btree ("tenant","subject");
--> statement-breakpoint
CREATE INDEX "mail_token_of_address" ON "mail_token" USING btree ("tenant","email_key");
--> statement-breakpoint
CREATE INDEX "mail_token_by_expiry" ON "mail_token" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "membership_of_customer" ON "membership" USING btree ("tenant","customer_id","group_key");
--> statement-breakpoint
CREATE INDEX "membership_by_expiry" ON "membership" USING btree ("tenant","expires_at") WHERE expires_at is not null;
--> statement-breakpoint
CREATE INDEX "membership_by_rule" ON "membership" USING btree ("tenant","group_key","customer_id") WHERE by_rule;
--> statement-breakpoint
CREATE UNIQUE INDEX "merge_takes_a_customer_once" ON "merge" USING btree ("tenant","merged_id") WHERE state in ('pending', 'done');
--> statement-breakpoint
CREATE INDEX "merge_by_state" ON "merge" USING btree ("tenant","state","id");
--> statement-breakpoint
CREATE INDEX "merge_of_survivor" ON "merge" USING btree ("tenant","survivor_id","id");
--> statement-breakpoint
CREATE INDEX "merge_of_merged" ON "merge" USING btree ("tenant","merged_id","id");
--> statement-breakpoint
CREATE INDEX "name_spelling_finds_words" ON "name_spelling" USING btree ("tenant","spelling","word");
--> statement-breakpoint
CREATE INDEX "name_spelling_lists_words" ON "name_spelling" USING btree ("tenant","word") WHERE spelling = word;
--> statement-breakpoint
CREATE UNIQUE INDEX "order_of_customer" ON "order" USING btree ("tenant","customer_id","placed_at","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "passkey_registered_once" ON "passkey" USING btree ("tenant","credential_id");
--> statement-breakpoint
CREATE INDEX "passkey_of_customer" ON "passkey" USING btree ("tenant","customer_id","id");
--> statement-breakpoint
CREATE INDEX "quota_by_age" ON "quota" USING btree ("last_at");
--> statement-breakpoint
CREATE INDEX "quota_untold" ON "quota" USING btree ("tenant") WHERE is_untold;
--> statement-breakpoint
CREATE INDEX "revoked_token_by_expiry" ON "revoked_token" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "rule_moment_of_customer" ON "rule_moment" USING btree ("tenant","customer_id");
--> statement-breakpoint
CREATE INDEX "rule_moment_by_time" ON "rule_moment" USING btree ("tenant","next_at") WHERE next_at < 'infinity';
--> statement-breakpoint
CREATE INDEX "session_of_customer" ON "session" USING btree ("tenant","customer_id","created_at");
--> statement-breakpoint
CREATE INDEX "session_by_expiry" ON "session" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "session_token_of_session" ON "session_token" USING btree ("tenant","session_id");
--> statement-breakpoint
CREATE INDEX "session_token_by_expiry" ON "session_token" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "signed_out_by_age" ON "signed_out" USING btree ("at");
--> statement-breakpoint
CREATE INDEX "spent_proof_by_expiry" ON "spent_proof" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "webhook_deleted" ON "webhook" USING btree ("tenant","id") WHERE status = 'deleted';
--> statement-breakpoint
-- src/db/schema/beyond.sql e0ce3171
-- The parts of the tables that drizzle-kit cannot express. `npm run generate` appends them to the migration.

-- The entries of lists as they have to be. A trigger writes them, and a bulk load that runs without triggers inserts them from here. An
-- index entry has room for a third of a page, so the keys of very many groups are left out.
create view entry_of_customer as
  select tenant, id, status, order_count, total_spent, last_order_key, updated_at,
    case when cardinality(group_keys) <= 16 then group_keys end as group_keys, email_verified_at is not null as email_verified
  from customer where status <> 'deleted';

-- The indexes that lists scan: one for each sort, and one for the rare statuses. Each includes the columns that a list filters by, so
-- that a customer that does not fit is skipped without reading another page. A customer is either listed or not, so it has one entry.
-- Customers without an order have spent nothing and have no last order. They are only in the index by the number of orders, where they are
-- in the order of their ids: a list of spenders does not have to pass them, and a new customer has two index entries less.
alter table list_entry add constraint list_entry_pkey primary key (tenant, listed, id)
  include (status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified);
create index list_entry_by_updated_at on list_entry (tenant, listed, updated_at, id)
  include (status, order_count, total_spent, last_order_key, group_keys, email_verified);
create index list_entry_by_total_spent on list_entry (tenant, listed, total_spent, id)
  include (status, order_count, last_order_key, updated_at, group_keys, email_verified) where order_count > 0;
create index list_entry_by_order_count on list_entry (tenant, listed, order_count, id)
  include (status, total_spent, last_order_key, updated_at, group_keys, email_verified);
create index list_entry_by_last_order on list_entry (tenant, listed, last_order_key, id)
  include (status, order_count, total_spent, updated_at, group_keys, email_verified) where order_count > 0;
create index list_entry_by_rare_status on list_entry (tenant, listed, status, id)
  include (order_count, total_spent, last_order_key, updated_at, group_keys, email_verified) where status <> 'active';

-- The indexes of names and addresses, which change seldom. They are narrow: a list in their order looks up the entries.
create index customer_by_last_name on customer (tenant, listed, last_name_key, id);
create index customer_by_first_name on customer (tenant, listed, first_name_key, id);
create index customer_by_email on customer (tenant, listed, email_key, id);

-- Each page has room for the next version of its rows. A change of a customer's columns without an index then needs no new index entry,
-- and an entry of lists stays on its page.
alter table customer set (fillfactor = 80);
alter table list_entry set (fillfactor = 80);

-- A customer's default addresses are its own. Both keys are deferred: a customer and its first address are written in one transaction.
alter table customer
  add constraint customer_default_shipping_is_its_own foreign key (tenant, id, default_shipping_id)
    references address (tenant, customer_id, id) deferrable initially deferred,
  add constraint customer_default_billing_is_its_own foreign key (tenant, id, default_billing_id)
    references address (tenant, customer_id, id) deferrable initially deferred;
--> statement-breakpoint
-- src/db/schema/generated/statistics.sql 05c23140
-- Written by npm run generate from src/db/personal. PostgreSQL keeps values of columns for its planner, also of rows that are gone, and of
-- tables that are empty. No plan needs those of these columns.

alter table "address"
  alter column label set statistics 0,
  alter column first_name set statistics 0,
  alter column last_name set statistics 0,
  alter column company set statistics 0,
  alter column line1 set statistics 0,
  alter column line2 set statistics 0,
  alter column city set statistics 0,
  alter column state set statistics 0,
  alter column postal_code set statistics 0,
  alter column country set statistics 0,
  alter column phone set statistics 0,
  alter column keys set statistics 0;
alter table "attempt"
  alter column email set statistics 0,
  alter column first_name set statistics 0,
  alter column last_name set statistics 0,
  alter column phone set statistics 0,
  alter column locale set statistics 0,
  alter column metadata set statistics 0;
alter table "authorization_code"
  alter column hash set statistics 0,
  alter column challenge set statistics 0,
  alter column user_agent set statistics 0,
  alter column address set statistics 0,
  alter column provider_tokens set statistics 0;
alter table "consent"
  alter column source set statistics 0,
  alter column text_version set statistics 0;
alter table "customer"
  alter column email set statistics 0,
  alter column first_name set statistics 0,
  alter column last_name set statistics 0,
  alter column phone set statistics 0,
  alter column locale set statistics 0,
  alter column disabled_reason set statistics 0,
  alter column metadata set statistics 0,
  alter column consents set statistics 0;
alter table "dead_letter"
  alter column body set statistics 0,
  alter column payload set statistics 0;
alter table "delivery"
  alter column response_body set statistics 0;
alter table "email_change"
  alter column old_email set statistics 0,
  alter column new_email set statistics 0,
  alter column new_email_key set statistics 0;
alter table "event"
  alter column data set statistics 0;
alter table "group_task"
  alter column filter set statistics 0;
alter table "idempotency"
  alter column answer set statistics 0;
alter table "mail"
  alter column recipient set statistics 0,
  alter column locale set statistics 0;
alter table "mail_token"
  alter column hash set statistics 0;
alter table "merge"
  alter column before set statistics 0,
  alter column password_hash set statistics 0,
  alter column profile set statistics 0,
  alter column metadata set statistics 0;
alter table "passkey"
  alter column public_key set statistics 0,
  alter column user_handle set statistics 0,
  alter column name set statistics 0;
alter table "scan_progress"
  alter column position set statistics 0;
alter table "session"
  alter column refresh_hash set statistics 0,
  alter column provider_refresh set statistics 0,
  alter column user_agent set statistics 0,
  alter column address set statistics 0;
alter table "signing_key"
  alter column private_key set statistics 0;
alter table "webhook"
  alter column secret set statistics 0,
  alter column previous_secret set statistics 0;
--> statement-breakpoint
-- src/db/schema/trigger/address_find_keys.sql c8b36960
-- The keys by which an address finds its customer: its texts, which are folded in the column `keys`, its country and its phone.
-- SQL by hand: triggers call it, so its name stays.
create or replace function address_find_keys(a address) returns text[]
language plpgsql immutable as $$
begin
  return string_to_array(concat_ws(E'\n', nullif(a.keys ->> 'city', ''), nullif(a.keys ->> 'postalCode', ''), nullif(a.keys ->> 'line1', ''),
    nullif(a.keys ->> 'line2', ''), nullif(a.keys ->> 'company', ''), 'country ' || a.country, 'phone ' || reverse(ltrim(a.phone, '+'))), E'\n');
end $$;
--> statement-breakpoint
-- src/db/schema/trigger/check_address_reserved.sql b4d48d29
-- Promises that no other account gets an email address that its former owner may still take back.
-- SQL by hand: a trigger, because an exclusion constraint does not span two tables. Many use cases make and change accounts.
create or replace function check_address_reserved() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  if exists (select from email_change where tenant = new.tenant and old_email_key = new.email_key and customer_id <> new.id
      and undo_until > greatest(now(), new.updated_at)) then perform refuse('email_taken'); end if;
  return null;
end $$;

create or replace trigger customer_email_not_reserved
  after insert on customer
  for each row when (new.status in ('unverified', 'active', 'disabled'))
  execute function check_address_reserved();

create or replace trigger customer_email_not_reserved_still
  after update of email_key, status on customer
  for each row when (new.status in ('unverified', 'active', 'disabled')
    and (new.email_key <> old.email_key or old.status not in ('unverified', 'active', 'disabled')))
  execute function check_address_reserved();
--> statement-breakpoint
-- src/db/schema/trigger/check_customer.sql f191c9cb
-- Promises that a customer was created at the moment in its id (lists and filters by creation use the id), that its status is known,
-- that only a merged one has a survivor (an erased one keeps it, so that a late refund finds its order), that a provisional one is unverified, and that a guest has no password.
-- SQL by hand: triggers, because check constraints cost more. Each statement that writes a customer would read and prepare all
-- constraints, also those of columns that it leaves alone. That takes longer than the change itself.
create or replace function check_customer() returns trigger
language plpgsql stable as $$
declare
  broken text := case
    when new.created_at <> id_moment(new.id) then 'customer_created_when_its_id_says'
    when new.status not in ('guest', 'unverified', 'active', 'disabled', 'merged', 'erased', 'deleted') then 'customer_status_known'
    when new.status <> 'erased' and (new.status = 'merged') <> (new.merged_into is not null) then 'customer_merged_has_survivor'
    when new.provisional and new.status in ('guest', 'active') then 'customer_provisional_is_unverified'
    when new.status = 'guest' and new.password_hash is not null then 'customer_guest_has_no_password' end;
begin
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken, message = 'a customer cannot be so';
  end if;
  return new;
end $$;

create or replace trigger customer_is_sound
  before insert on customer for each row execute function check_customer();

create or replace trigger customer_is_sound_still
  after update of id, created_at, status, merged_into, provisional, password_hash on customer
  for each row execute function check_customer();
--> statement-breakpoint
-- src/db/schema/trigger/check_default_addresses.sql a8cbd496
-- Promises that a customer with addresses has one default for shipping and one for billing. (Two foreign keys promise that both are
-- its own.) A merged, erased or deleted customer is left out, because it may be incomplete.
-- SQL by hand: triggers, because no constraint spans two tables. They are deferred to the end of the transaction, and lock the customer
-- first. So the rule holds for any order of statements and transactions.
create or replace function check_default_addresses() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  customer_ids text[];
  checked_id text;
  checked record;
  holds boolean;
begin
  if tg_table_name = 'customer' then customer_ids := array[new.id];
  elsif tg_op = 'INSERT' then customer_ids := array[new.customer_id];
  elsif tg_op = 'DELETE' then customer_ids := array[old.customer_id];
  else customer_ids := array[least(old.customer_id, new.customer_id), greatest(old.customer_id, new.customer_id)];
  end if;
  foreach checked_id in array customer_ids loop
    select tenant, id, status, default_shipping_id, default_billing_id into checked from customer
      where tenant = coalesce(new.tenant, old.tenant) and id = checked_id and listed for no key update;
    continue when not found;
    select case when count(*) = 0
        then checked.default_shipping_id is null and checked.default_billing_id is null
        else bool_or(a.id = checked.default_shipping_id) and bool_or(a.id = checked.default_billing_id) end
      into holds
      from address a
      where a.tenant = checked.tenant and a.customer_id = checked.id and (not a.unproven or checked.status = 'guest');
    if holds is not true then
      raise exception using errcode = 'check_violation', constraint = 'customer_has_default_addresses',
        message = 'the defaults of a customer are not among its addresses';
    end if;
  end loop;
  return null;
end $$;

create constraint trigger customer_has_default_addresses after insert or delete on address
  deferrable initially deferred for each row execute function check_default_addresses();

create constraint trigger customer_has_default_addresses_still after update of customer_id, unproven on address
  deferrable initially deferred for each row
  when ((old.customer_id, old.unproven) is distinct from (new.customer_id, new.unproven))
  execute function check_default_addresses();

create constraint trigger customer_has_default_addresses
  after update of default_shipping_id, default_billing_id, status on customer
  deferrable initially deferred for each row
  when ((old.default_shipping_id, old.default_billing_id) is distinct from
      (new.default_shipping_id, new.default_billing_id)
    or (old.status = 'guest') <> (new.status = 'guest') or old.listed < new.listed)
  execute function check_default_addresses();
--> statement-breakpoint
-- src/db/schema/trigger/customer_find_keys.sql 11bc20d9
-- All keys by which a customer is found, each a kind, a blank and a value: its own ones and those of its addresses; none unless it is
-- listed. A verified address has its domain, and a language its beginnings. Each value of the metadata has a key, also one that no setting
-- declares: settings are not in the database, and a key that is declared later must find who is there. a_own leaves out those of addresses.
-- SQL by hand: triggers call it, so its name stays.
create or replace function customer_find_keys(c customer, a_own boolean default false) returns text[]
-- A cached plan must not scan a table that was small when it was made.
language plpgsql stable set enable_seqscan = off as $$
declare
  keys text[] := '{}';
  subtags text[] := string_to_array(c.locale, '-');
  home address;
begin
  if not c.listed then return keys; end if;
  if c.phone is not null then keys := keys || ('phone ' || reverse(ltrim(c.phone, '+'))); end if;
  if c.email_verified_at is not null then keys := keys || ('domain ' || split_part(c.email_key, '@', 2)); end if;
  for n in 1 .. coalesce(cardinality(subtags), 0) loop
    keys := keys || ('locale ' || array_to_string(subtags[1:n], '-'));
  end loop;
  if c.metadata <> '{}' then
    keys := keys || array(select 'metadata ' || metadata_find_key(key, value) from jsonb_each_text(c.metadata) where value is not null);
  end if;
  if c.consents <> '{}' then
    keys := keys || array(select 'consent ' || key || ':' || value from jsonb_each_text(c.consents));
  end if;
  if a_own then return keys; end if;
  for home in select * from address where tenant = c.tenant and customer_id = c.id loop
    keys := keys || address_find_keys(home);
  end loop;
  return keys;
end $$;
--> statement-breakpoint
-- src/db/schema/trigger/end_access.sql f05ad2d0
-- Promises that a closed account, or one with a new email address, has no session, no device and no pending intention after the commit. An erased
-- or deleted one has no mail either, and nobody can undo its changes of the address any more. Nor has it a passkey or a linked identity, nor has
-- an account that became a guest; a disabled or merged one keeps its own, which opens nothing until the account is back.
-- SQL by hand: a trigger, because otherwise every use case that changes a status or an address must end the access itself. If one forgot, it would
-- leave a session or a link open.
create or replace function end_access() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  delete from session where tenant = new.tenant and customer_id = new.id;
  perform end_intentions(new.tenant, new.id);
  -- A guest has no login, so its end leaves the codes of the account with its address.
  if old.status <> 'guest' then
    delete from mail_token where tenant = new.tenant and purpose in ('login_code', 'login_link') and email_key = old.email_key;
  end if;
  update customer set device_epoch = device_epoch + 1 where tenant = new.tenant and id = new.id;
  if new.status in ('merged', 'erased', 'deleted') then
    delete from failure where tenant = new.tenant and customer_id = new.id;
  end if;
  if new.status in ('guest', 'erased', 'deleted') then
    delete from passkey where tenant = new.tenant and customer_id = new.id;
    delete from linked_identity where tenant = new.tenant and customer_id = new.id;
  end if;
  if new.status in ('erased', 'deleted') then
    delete from mail_token where tenant = new.tenant and subject = new.id;
    delete from mail where tenant = new.tenant and customer_id = new.id;
    delete from email_change where tenant = new.tenant and customer_id = new.id;
  end if;
  return null;
end $$;

create or replace trigger customer_access_ends
  after update of status, email_key on customer
  for each row
  when (new.email_key is distinct from old.email_key
    or (new.status is distinct from old.status and new.status not in ('unverified', 'active')))
  execute function end_access();
--> statement-breakpoint
-- src/db/schema/trigger/end_intentions.sql ab914c82
-- Ends everything that a customer, or somebody with its session, has begun and not finished: the links and codes in mails, the change of the
-- address that waits for its confirmation, and a login on the page whose code was not exchanged yet. A mail whose link has ended is not sent. A link that undoes a change of the address stays,
-- because its reader may be the one whose account was taken.
-- The status is no condition: a planner without statistics would read the addresses of all accounts by their index.
-- SQL by hand: the trigger end_access calls it, so its name stays.
create or replace function end_intentions(a_tenant text, a_customer text) returns void
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  delete from email_change where tenant = a_tenant and customer_id = a_customer and confirmed_at is null;
  delete from mail_token where tenant = a_tenant and subject = a_customer and purpose <> 'undo';
  delete from mail_token where tenant = a_tenant and purpose in ('login_code', 'login_link')
    and email_key = (select case when status in ('unverified', 'active', 'disabled') then email_key end from customer where tenant = a_tenant and id = a_customer);
  delete from authorization_code where tenant = a_tenant and customer_id = a_customer and session_id is null;
end $$;
--> statement-breakpoint
-- src/db/schema/trigger/id_moment.sql 71dce8ea
-- The moment at which an id was made, in milliseconds: its first ten digits are 48 bits of time (TypeID over UUIDv7, RFC 9562).
-- SQL by hand: a trigger calls it, so its name stays.
create or replace function id_moment(a_id text) returns timestamptz
language sql immutable strict parallel safe as $$
  select to_timestamp((
    (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 1, 1))::bigint << 45)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 2, 1))::bigint << 40)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 3, 1))::bigint << 35)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 4, 1))::bigint << 30)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 5, 1))::bigint << 25)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 6, 1))::bigint << 20)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 7, 1))::bigint << 15)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 8, 1))::bigint << 10)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 9, 1))::bigint << 5)
  + strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 10, 1))) / 1000.0)
$$;
--> statement-breakpoint
-- src/db/schema/trigger/metadata_find_key.sql 3baacd55
-- The key by which customers with a value in their metadata are found: a hash, so that a long value is as short, and cannot be read. The
-- text of a value that is no text is what `->>` says; null has none.
-- SQL by hand: triggers call it, so its name stays. It is in PL/pgSQL, because language SQL takes 1.5 times as long.
create or replace function metadata_find_key(a_key text, a_value text) returns text
language plpgsql immutable as $$
begin
  return left(encode(sha256(convert_to(jsonb_build_array(a_key, a_value)::text, 'UTF8')), 'base64'), 22);
end $$;
--> statement-breakpoint
-- src/db/schema/trigger/mirror_customer.sql cc5e10aa
-- Promises that a change of status, email address or password also reaches the user that was made for the customer at the identity
-- provider: the commit enqueues a job that compares both. Users that existed there before are not changed.
-- SQL by hand: a trigger, because many use cases change these columns. One that forgot would leave a disabled customer able to log in.
create or replace function mirror_customer() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (new.tenant, 'job_0' || left(md5(gen_random_uuid()::text), 25), 'mirror',
    jsonb_build_object('customer', new.id, 'user', split_part(coalesce(new.password_hash, old.password_hash), '$', 4)),
    now(), now());
  return null;
end $$;

create or replace trigger customer_is_mirrored
  after update of status, email_key, email_verified_at, password_hash on customer
  for each row
  when ((old.password_hash like '$hanzo$%' or new.password_hash like '$hanzo$%')
    and starts_with(split_part(coalesce(new.password_hash, old.password_hash), '$', 4), new.id || '-')
    and (old.status, old.email_key, old.email_verified_at is null, old.password_hash)
      is distinct from (new.status, new.email_key, new.email_verified_at is null, new.password_hash))
  execute function mirror_customer();
--> statement-breakpoint
-- src/db/schema/trigger/name_words.sql 6cf8775b
-- The words by which a customer's names are found, except the first of each name: the columns of the names have indexes of their own. A word
-- that is joined from others is left out if another one begins with it; a plain one is not, for a typo is looked up as the whole word.
-- Letters from Thai on (U+0E00) include all scripts whose writers put no space between the names of a person: such names are found
-- joined, in both orders.
-- SQL by hand: the trigger that writes the words needs those of the old names and of the new ones.
create or replace function name_words(first_key text, last_key text) returns text[]
language plpgsql immutable as $$
declare
  words text[] := string_to_array(first_key || ' ' || last_key, ' ');
  plain text[] := string_to_array(split_part(first_key, '  ', 1) || ' ' || split_part(last_key, '  ', 1), ' ');
  -- The first words, which need no entry.
  found_by_name text[] := array['', split_part(first_key, ' ', 1), split_part(last_key, ' ', 1)];
  first_joint text;
  last_joint text;
  kept text[] := '{}';
  candidate text;
  longer text;
begin
  if first_key || last_key ~ '[\u0e00-\U0010ffff]' then
    first_joint := replace(split_part(first_key, '  ', 1), ' ', '');
    last_joint := replace(split_part(last_key, '  ', 1), ' ', '');
    words := words || array[last_joint || first_joint, first_joint || last_joint];
  end if;
  -- A loop, because a query costs more for the few words of a name.
  <<next_word>>
  foreach candidate in array words loop
    continue when candidate = any(found_by_name) or candidate = any(kept);
    if candidate <> all(plain) then
      continue when starts_with(first_key, candidate) or starts_with(last_key, candidate);
      foreach longer in array words loop
        continue next_word when longer <> candidate and starts_with(longer, candidate);
      end loop;
    end if;
    kept := kept || candidate;
  end loop;
  return kept;
end $$;
--> statement-breakpoint
-- src/db/schema/trigger/note_event_writer.sql 875150fc
-- Marks a transaction that writes events, so that the feed knows who may still be on the way. It takes a shared advisory lock, which
-- nobody waits for and which ends with the transaction. The key of the lock has the last place that was drawn before: all places of this
-- transaction are above it. feed_end reads these locks. A transaction that hangs is ended after thirty seconds, for the feed waits.
-- SQL by hand: a trigger, because many use cases and functions write events. One that forgot would lose events in the feed.
create or replace function note_event_writer() returns trigger
language plpgsql as $$
declare
  drawn bigint;
  nothing text;
begin
  if coalesce(current_setting('customer.event_writer', true), '') = '' then
    drawn := coalesce(pg_sequence_last_value('event_place_seq'), 0);
    -- 25974 is a number of our own, in the upper 16 bits of the key.
    -- Assignments, for "perform" runs a query.
    nothing := pg_advisory_xact_lock_shared(25974::bigint << 48 | drawn)::text;
    nothing := set_config('customer.event_writer', drawn::text, true);
    nothing := set_config('transaction_timeout', '30s', true);
  end if;
  return null;
end $$;

-- For each statement and before its first row, because a row draws its place when it is made.
create or replace trigger event_has_its_writer_noted before insert on event
  for each statement execute function note_event_writer();
--> statement-breakpoint
-- src/db/schema/trigger/note_sign_out.sql 04404f57
-- Promises that the end of a session also ends the tokens that the identity provider issued for it, and all older ones. The provider's
-- clock may be ahead.
-- SQL by hand: a trigger, because a session token is also deleted by a cascade of its session. No use case sees that.
create or replace function note_sign_out() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
begin
  insert into signed_out (tenant, customer_id, at)
    values (old.tenant, old.customer_id, greatest(clock_timestamp(), old.issued_at + interval '1 second'))
  on conflict (tenant, customer_id) do update set at = greatest(signed_out.at, excluded.at);
  return null;
end $$;

create or replace trigger session_token_signs_out
  after delete on session_token
  for each row
  when (old.expires_at > now())
  execute function note_sign_out();
--> statement-breakpoint
-- src/db/schema/trigger/refuse.sql e2bf1788
-- Ends the transaction with a refusal code. The detail is internal and has no value of the input.
-- SQL by hand: no plain SQL statement can raise an error. A trigger calls it, so its name stays.
create or replace function refuse(a_code text, a_detail text default null) returns void
language plpgsql volatile as $$
begin
  raise exception using errcode = 'CU001', message = a_code, detail = coalesce(a_detail, '');
end $$;
--> statement-breakpoint
-- src/db/schema/trigger/spelled_words.sql f4397d22
-- The words of a customer's names that a misspelt search may mean: those by which the names are found, except numbers, single letters,
-- and words joined from several. Joined words stay behind short ones only, where writers join them: "vanderberg", "jeanpierre". In scripts
-- whose writers put no space between names (from U+0E00 on), another letter in two makes another name.
-- a_words: those of name_words.
-- SQL by hand: the trigger that writes the words calls it, so its name stays.
create or replace function spelled_words(first_key text, last_key text, a_words text[]) returns text[]
language plpgsql immutable as $$
declare
  names text[] := array[split_part(first_key, '  ', 1), split_part(last_key, '  ', 1)];
  spelled text[] := '{}';
  candidate text;
  name text;
begin
  -- A loop, because a query costs more for the few words of a name.
  <<next_word>>
  foreach candidate in array array[split_part(first_key, ' ', 1), split_part(last_key, ' ', 1)] || a_words loop
    continue when length(candidate) < 2 or length(candidate) > 30 or candidate ~ '[0-9]' or candidate = any(spelled)
      or length(candidate) = 2 and candidate ~ '[\u0e00-\U0010ffff]';
    if candidate = any(a_words) then
      foreach name in array names loop
        continue next_word when name like '% %' and right(replace(name, ' ', ''), length(candidate)) = candidate
          and length(candidate) > length(substring(name from '[^ ]+$'))
          and (candidate <> replace(name, ' ', '') or name ~ '[^ ]{5} ');
      end loop;
    end if;
    spelled := spelled || candidate;
  end loop;
  return spelled;
end $$;
--> statement-breakpoint
-- src/db/schema/trigger/write_find_keys.sql 3b557ba8
-- Promises that `find_key` has the keys of each customer, which `customer_find_keys` says. A key that does not change is not written.
-- SQL by hand: triggers, because many use cases write addresses, phones, languages, metadata, statuses and proofs: a PATCH, a merge, its
-- undo, a claim. Filters find only these keys. The customer is locked before its other keys are read. So two transactions that change two
-- of its addresses see each other.
create or replace function write_find_keys() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  a_tenant text := coalesce(new.tenant, old.tenant);
  was_of text;
  is_of text;
  before text[] := '{}';
  now text[] := '{}';
  owner text;
  gone text[];
  fresh text[];
  is_listed boolean := true;
  is_own boolean := false;
  held text[];
  lost text;
begin
  -- Most addresses are new, and nothing is taken away.
  if tg_table_name = 'address' and tg_op = 'INSERT' then
    perform from customer where tenant = new.tenant and id = new.customer_id and listed for no key update;
    if found then
      insert into find_key (tenant, kind, value, customer_id)
        select new.tenant, split_part(made, ' ', 1), substr(made, strpos(made, ' ') + 1), new.customer_id
        from unnest(address_find_keys(new)) made
        on conflict do nothing;
    end if;
    return null;
  end if;
  if tg_table_name = 'address' then
    if tg_op <> 'INSERT' then was_of := old.customer_id; before := address_find_keys(old); end if;
    if tg_op <> 'DELETE' then is_of := new.customer_id; now := address_find_keys(new); end if;
  else
    -- Addresses keep their keys as long as the customer is listed.
    is_own := tg_op = 'UPDATE' and old.listed and new.listed;
    if tg_op <> 'INSERT' then was_of := old.id; before := customer_find_keys(old, is_own); end if;
    if tg_op <> 'DELETE' then is_of := new.id; now := customer_find_keys(new, is_own); end if;
  end if;
  for owner, gone, fresh in
    select side.of,
      array(select unnest(side.had) except select unnest(side.has)),
      array(select unnest(side.has) except select unnest(side.had))
    from (values
      (was_of, before, case when was_of = is_of then now else '{}' end),
      (case when is_of is distinct from was_of then is_of end, '{}'::text[], now)) side (of, had, has)
    where side.of is not null
  loop
    continue when gone = '{}' and fresh = '{}';
    if tg_table_name = 'address' then
      select listed into is_listed from customer where tenant = a_tenant and id = owner for no key update;
    end if;
    if is_listed then
      insert into find_key (tenant, kind, value, customer_id)
        select a_tenant, split_part(made, ' ', 1), substr(made, strpos(made, ' ') + 1), owner from unnest(fresh) made
        on conflict do nothing;
    end if;
    continue when gone = '{}';
    held := now;
    if is_own or tg_table_name = 'address' then
      held := coalesce((select customer_find_keys(c) from customer c where tenant = a_tenant and id = owner), '{}');
    end if;
    -- It loops, for a statement with a list of keys would be planned anew for each list.
    foreach lost in array gone loop
      continue when lost = any(held);
      delete from find_key where tenant = a_tenant and kind = split_part(lost, ' ', 1)
        and value = substr(lost, strpos(lost, ' ') + 1) and customer_id = owner;
    end loop;
  end loop;
  return null;
end $$;

create or replace trigger address_is_found after insert on address
  for each row execute function write_find_keys();

create or replace trigger address_is_found_anew after update of customer_id, keys, country, phone on address
  for each row when ((old.customer_id, old.keys, old.country, old.phone) is distinct from (new.customer_id, new.keys, new.country, new.phone))
  execute function write_find_keys();

create or replace trigger address_is_lost after delete on address
  for each row execute function write_find_keys();

create or replace trigger customer_is_found after insert on customer
  for each row when (new.phone is not null or new.locale is not null or new.email_verified_at is not null or new.metadata <> '{}' or new.consents <> '{}')
  execute function write_find_keys();

create or replace trigger customer_is_found_anew after update of phone, locale, email_key, email_verified_at, metadata, consents, status on customer
  for each row when (
    (old.phone, old.locale, old.email_key, old.email_verified_at is null, old.metadata, old.consents, old.listed)
      is distinct from (new.phone, new.locale, new.email_key, new.email_verified_at is null, new.metadata, new.consents, new.listed))
  execute function write_find_keys();

create or replace trigger customer_is_lost after delete on customer
  for each row execute function write_find_keys();
--> statement-breakpoint
-- src/db/schema/trigger/write_group_keys.sql d8daffad
-- Promises that a customer's group_keys are the keys of its memberships, in order; a change that a reader sees is stamped with the next
-- version.
-- SQL by hand: triggers, because memberships begin and end in many ways: by staff, by expiry, by a merge, its undo, and the end of a group.
-- They run for each row, because a statement that changes many memberships has locked their customers in the order of their ids. The
-- customer is locked before its memberships are read. So two transactions that add one customer to two groups see each other.
create or replace function write_group_keys() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  affected record;
  noted text[];
  keys text[];
begin
  for affected in
    select old.tenant, old.customer_id where tg_op <> 'INSERT'
    union all
    select new.tenant, new.customer_id
      where tg_op = 'INSERT'
        or tg_op = 'UPDATE' and (new.customer_id <> old.customer_id or new.group_key <> old.group_key)
  loop
    select group_keys into noted from customer where tenant = affected.tenant and id = affected.customer_id for no key update;
    select coalesce(array_agg(group_key::text order by group_key), '{}') into keys from membership
      where tenant = affected.tenant and customer_id = affected.customer_id;
    continue when noted = keys;
    update customer set group_keys = keys, changed_at = changed_at || jsonb_build_object('groups', version + 1)
      where tenant = affected.tenant and id = affected.customer_id;
  end loop;
  return null;
end $$;

create or replace trigger membership_begins after insert on membership
  for each row execute function write_group_keys();

create or replace trigger membership_moves after update of tenant, customer_id, group_key on membership
  for each row execute function write_group_keys();

create or replace trigger membership_ends after delete on membership
  for each row execute function write_group_keys();
--> statement-breakpoint
-- src/db/schema/trigger/write_list_entry.sql d255eca8
-- Promises that after each commit a customer that is not deleted has its entry of lists, and that the entry is as `entry_of_customer` says.
-- A new customer gets its entry at once. An update that raises the sequence is the last of its commit that changes what lists show. It also
-- writes the entry at once. Both write it from the row that they have. All other changes wait for the end of the transaction: the trigger
-- reads the customer then, and writes what differs. So several changes in one commit write the entry once. Each writer has locked the
-- customer, so nobody else writes its entry.
-- SQL by hand: triggers, because many use cases and functions write customers. One that forgot would show an old list.
create or replace function write_list_entry() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  shown_keys text[] := case when tg_op <> 'DELETE' and cardinality(new.group_keys) <= 16 then new.group_keys end;
begin
  if tg_op = 'DELETE' or new.status = 'deleted' then
    delete from list_entry where tenant = old.tenant and listed in (true, false) and id = old.id;
  elsif tg_op = 'INSERT' then
    insert into list_entry (tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified)
    values (new.tenant, new.id, new.status, new.order_count, new.total_spent, new.last_order_key, new.updated_at, shown_keys,
      new.email_verified_at is not null);
  elsif old.status = 'deleted' then
    insert into list_entry (tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified)
    select tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified
      from entry_of_customer where tenant = new.tenant and id = new.id;
  elsif (old.status, old.order_count, old.total_spent, old.last_order_key, old.updated_at, old.group_keys, old.email_verified_at)
      is not distinct from
      (new.status, new.order_count, new.total_spent, new.last_order_key, new.updated_at, new.group_keys, new.email_verified_at)
    then null;
  elsif new.sequence > old.sequence then
    update list_entry set status = new.status, order_count = new.order_count, total_spent = new.total_spent,
        last_order_key = new.last_order_key, updated_at = new.updated_at,
        group_keys = shown_keys, email_verified = new.email_verified_at is not null
      where tenant = new.tenant and listed = old.listed and id = new.id;
  else
    -- The first change of a transaction that was not written at once knows in which part of the list the entry still is.
    update list_entry e set status = c.status, order_count = c.order_count, total_spent = c.total_spent,
        last_order_key = c.last_order_key, updated_at = c.updated_at, group_keys = c.group_keys, email_verified = c.email_verified
      from entry_of_customer c
      where c.tenant = new.tenant and c.id = new.id and e.tenant = new.tenant and e.listed = old.listed and e.id = new.id
        and (e.status, e.order_count, e.total_spent, e.last_order_key, e.updated_at, e.group_keys, e.email_verified)
          is distinct from
          (c.status, c.order_count, c.total_spent, c.last_order_key, c.updated_at, c.group_keys, c.email_verified);
  end if;
  return null;
end $$;

create or replace trigger customer_is_entered after insert on customer
  for each row execute function write_list_entry();

-- The conditions are short, and the function does the rest: PostgreSQL reads and prepares a condition anew for each statement.
create or replace trigger customer_entry_changes
  after update of status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified_at on customer
  for each row when (new.sequence > old.sequence and old.status <> 'deleted') execute function write_list_entry();

create constraint trigger customer_entry_follows
  after update of status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified_at on customer
  deferrable initially deferred for each row when (new.sequence <= old.sequence or old.status = 'deleted') execute function write_list_entry();

create constraint trigger customer_entry_ends after delete on customer
  deferrable initially deferred for each row execute function write_list_entry();
--> statement-breakpoint
-- src/db/schema/trigger/write_name_words.sql e2611131
-- Promises that `name_word` has the words of a customer's names, which `name_words` says, and that the dictionary `name_spelling` has the
-- words of every customer's names that `spelled_words` says: each under itself and, from three letters on, under itself with one letter
-- less. A known word costs one look-up. The shared lock keeps a word that is known here until this transaction ends: the purge of words takes
-- the other one before it deletes, so nothing is taken out of the dictionary here.
-- SQL by hand: triggers, because many use cases write names: a PATCH, a merge, its undo, a claim. Search finds only these words.
create or replace function write_name_words() returns trigger
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  -- What names of several words, and of scripts without spaces, have: others need no words besides the names.
  several text := '[ \u0e00-\U0010ffff]';
  before text[] := '{}';
  now text[] := '{}';
  changed_word text;
  nothing text;
begin
  if tg_op <> 'INSERT' and old.first_name_key || old.last_name_key ~ several then
    before := name_words(old.first_name_key, old.last_name_key);
  end if;
  if tg_op <> 'DELETE' and new.first_name_key || new.last_name_key ~ several then
    now := name_words(new.first_name_key, new.last_name_key);
  end if;
  -- It loops, for a statement with a list of words would be planned anew for each list.
  foreach changed_word in array before loop
    continue when changed_word = any(now);
    delete from name_word where tenant = old.tenant and customer_id = old.id and word = changed_word;
  end loop;
  foreach changed_word in array now loop
    continue when changed_word = any(before);
    insert into name_word (tenant, word, customer_id) values (new.tenant, changed_word, new.id) on conflict do nothing;
  end loop;
  if tg_op = 'DELETE' then return null; end if;
  -- An assignment, for "perform" runs a query.
  nothing := pg_advisory_xact_lock_shared(hashtextextended(new.tenant, 5))::text;
  foreach changed_word in array spelled_words(new.first_name_key, new.last_name_key, now) loop
    continue when exists (
      select from name_spelling s where s.tenant = new.tenant and s.spelling = changed_word and s.word = changed_word);
    insert into name_spelling (tenant, spelling, word)
      select new.tenant, changed_word, changed_word
      union
      select new.tenant, left(changed_word, at - 1) || substr(changed_word, at + 1), changed_word
        from generate_series(1, length(changed_word)) at where length(changed_word) > 2;
  end loop;
  return null;
end $$;

create or replace trigger name_is_written after insert on customer
  for each row when (new.first_name_key || new.last_name_key <> '') execute function write_name_words();

create or replace trigger name_is_rewritten after update of first_name_key, last_name_key on customer
  for each row when ((old.first_name_key, old.last_name_key) is distinct from (new.first_name_key, new.last_name_key))
  execute function write_name_words();

create or replace trigger name_is_gone after delete on customer
  for each row when (old.first_name_key || old.last_name_key ~ '[ \u0e00-\U0010ffff]') execute function write_name_words();
