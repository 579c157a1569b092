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
	CONSTRAINT "attempt_pkey" PRIMARY KEY("tenant","id"),
	CONSTRAINT "attempt_one_per_password" UNIQUE NULLS NOT DISTINCT("tenant","email_key","password_hash")
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
	"group_keys" text[] DEFAULT '{}' NOT NULL,
	"country" text collate "C" DEFAULT '' NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"order_count" integer DEFAULT 0 NOT NULL,
	"total_spent" bigint DEFAULT 0 NOT NULL,
	"spent" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_order_at" timestamp with time zone,
	"last_order_key" timestamp with time zone DEFAULT '-infinity' NOT NULL,
	"default_shipping_id" text collate "C",
	"default_billing_id" text collate "C",
	"merged_into" text,
	"sequence" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "customer_pkey" PRIMARY KEY("tenant","id"),
	CONSTRAINT "customer_status_known" CHECK (status in ('guest', 'unverified', 'active', 'disabled', 'merged', 'erased', 'deleted')),
	CONSTRAINT "customer_merged_has_survivor" CHECK ((status = 'merged') = (merged_into is not null)),
	CONSTRAINT "customer_provisional_is_unverified" CHECK (not provisional or status in ('unverified', 'disabled', 'merged', 'erased', 'deleted')),
	CONSTRAINT "customer_guest_has_no_password" CHECK (status <> 'guest' or password_hash is null)
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
CREATE TABLE "drift" (
	"tenant" text NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"counted" jsonb NOT NULL,
	"ledger" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drift_pkey" PRIMARY KEY("tenant","created_at","customer_id")
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
	"xact" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "event_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "group" (
	"tenant" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"name" text,
	"description" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"rule" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"dissolved_at" timestamp with time zone,
	CONSTRAINT "group_pkey" PRIMARY KEY("tenant","key"),
	CONSTRAINT "group_key_spelling" CHECK (key ~ '^[a-z0-9][a-z0-9_-]{0,63}$')
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"tenant" text NOT NULL,
	"group_key" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "membership_pkey" PRIMARY KEY("tenant","group_key","customer_id"),
	CONSTRAINT "membership_source_known" CHECK (source in ('manual', 'rule', 'merge', 'import'))
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"tenant" text NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"answer" json NOT NULL,
	"customer_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_pkey" PRIMARY KEY("tenant","scope","key")
);
--> statement-breakpoint
CREATE TABLE "job" (
	"tenant" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"relays" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "job_pkey" PRIMARY KEY("tenant","id")
);
--> statement-breakpoint
CREATE TABLE "mail_quota" (
	"tenant" text NOT NULL,
	"key" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mail_quota_pkey" PRIMARY KEY("tenant","key")
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
CREATE TABLE "failure" (
	"tenant" text NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone NOT NULL,
	CONSTRAINT "failure_pkey" PRIMARY KEY("tenant","key")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"tenant" text NOT NULL,
	"id" text collate "C" NOT NULL,
	"customer_id" text collate "C" NOT NULL,
	"client_id" text NOT NULL,
	"refresh_hash" text NOT NULL,
	"user_agent" text,
	"address" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_pkey" PRIMARY KEY("tenant","id")
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
CREATE TABLE "signing_key" (
	"id" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"private_key" text NOT NULL,
	"signs_from" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sweep" (
	"tenant" text NOT NULL,
	"task" text NOT NULL,
	"position" text collate "C" NOT NULL,
	"examined" integer NOT NULL,
	"hits" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sweep_pkey" PRIMARY KEY("tenant","task")
);
--> statement-breakpoint
CREATE TABLE "tick" (
	"task" text NOT NULL,
	"scheduled_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "tick_pkey" PRIMARY KEY("task","scheduled_at")
);
--> statement-breakpoint
ALTER TABLE "address" ADD CONSTRAINT "address_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_has_group" FOREIGN KEY ("tenant","group_key") REFERENCES "public"."group"("tenant","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order" ADD CONSTRAINT "order_has_customer" FOREIGN KEY ("tenant","customer_id") REFERENCES "public"."customer"("tenant","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "address_stored_once" ON "address" USING btree ("tenant","customer_id","sameness");--> statement-breakpoint
CREATE UNIQUE INDEX "address_of_customer" ON "address" USING btree ("tenant","customer_id","id");--> statement-breakpoint
CREATE INDEX "attempt_by_expiry" ON "attempt" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_account_per_email" ON "customer" USING btree ("tenant","email_key") WHERE status in ('unverified', 'active', 'disabled');--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_guest_per_email" ON "customer" USING btree ("tenant","email_key") WHERE status = 'guest';--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_external_id" ON "customer" USING btree ("tenant","external_id") WHERE external_id is not null and status <> 'deleted';--> statement-breakpoint
CREATE INDEX "customer_by_created_at" ON "customer" USING btree ("tenant","listed","created_at","id");--> statement-breakpoint
CREATE INDEX "customer_by_updated_at" ON "customer" USING btree ("tenant","listed","updated_at","id");--> statement-breakpoint
CREATE INDEX "customer_by_total_spent" ON "customer" USING btree ("tenant","listed","total_spent","id");--> statement-breakpoint
CREATE INDEX "customer_by_order_count" ON "customer" USING btree ("tenant","listed","order_count","id");--> statement-breakpoint
CREATE INDEX "customer_by_last_order" ON "customer" USING btree ("tenant","listed","last_order_key","id");--> statement-breakpoint
CREATE INDEX "customer_by_last_name" ON "customer" USING btree ("tenant","listed","last_name_key","id");--> statement-breakpoint
CREATE INDEX "customer_by_first_name" ON "customer" USING btree ("tenant","listed","first_name_key","id");--> statement-breakpoint
CREATE INDEX "customer_by_email" ON "customer" USING btree ("tenant","listed","email_key","id");--> statement-breakpoint
CREATE INDEX "customer_by_country" ON "customer" USING btree ("tenant","listed","country","id");--> statement-breakpoint
CREATE INDEX "customer_by_rare_status" ON "customer" USING btree ("tenant","status","id") WHERE status <> 'active';--> statement-breakpoint
CREATE INDEX "customer_by_survivor" ON "customer" USING btree ("tenant","merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letter_kept_once" ON "dead_letter" USING btree ("tenant","kind","subject") WHERE replayed_at is null;--> statement-breakpoint
CREATE INDEX "dead_letter_by_age" ON "dead_letter" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "drift_of_customer" ON "drift" USING btree ("tenant","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_sequence_has_no_twin" ON "event" USING btree ("tenant","customer_id","sequence");--> statement-breakpoint
CREATE INDEX "event_feed" ON "event" USING btree ("tenant","xact","id");--> statement-breakpoint
CREATE INDEX "membership_of_customer" ON "membership" USING btree ("tenant","customer_id","group_key");--> statement-breakpoint
CREATE INDEX "membership_by_expiry" ON "membership" USING btree ("tenant","expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "idempotency_by_age" ON "idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idempotency_of_customer" ON "idempotency" USING btree ("tenant","customer_id");--> statement-breakpoint
CREATE INDEX "job_by_due" ON "job" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "mail_quota_by_age" ON "mail_quota" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "mail_of_customer" ON "mail" USING btree ("tenant","customer_id");--> statement-breakpoint
CREATE INDEX "mail_by_age" ON "mail" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mail_token_newest_counts" ON "mail_token" USING btree ("tenant","purpose","subject") WHERE purpose <> 'undo';--> statement-breakpoint
CREATE INDEX "mail_token_of_subject" ON "mail_token" USING btree ("tenant","subject");--> statement-breakpoint
CREATE INDEX "mail_token_by_expiry" ON "mail_token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "failure_by_age" ON "failure" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "session_of_customer" ON "session" USING btree ("tenant","customer_id","created_at");--> statement-breakpoint
CREATE INDEX "session_by_expiry" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "order_of_customer" ON "order" USING btree ("tenant","customer_id","placed_at","id");--> statement-breakpoint
CREATE INDEX "tick_unfinished" ON "tick" USING btree ("leased_until") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "tick_by_age" ON "tick" USING btree ("scheduled_at");