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
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_has_webhook" FOREIGN KEY ("tenant","webhook_id") REFERENCES "public"."webhook"("tenant","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_has_event" FOREIGN KEY ("tenant","event_id") REFERENCES "public"."event"("tenant","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_once_per_endpoint" ON "delivery" USING btree ("tenant","webhook_id","event_id");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("tenant","webhook_id","next_attempt_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "delivery_of_webhook" ON "delivery" USING btree ("tenant","webhook_id","id");--> statement-breakpoint
CREATE INDEX "delivery_of_event" ON "delivery" USING btree ("tenant","event_id");--> statement-breakpoint
CREATE INDEX "delivery_by_age" ON "delivery" USING btree ("settled_at") WHERE settled_at is not null;--> statement-breakpoint
CREATE INDEX "webhook_deleted" ON "webhook" USING btree ("tenant","id") WHERE status = 'deleted';--> statement-breakpoint
CREATE INDEX "event_by_age" ON "event" USING btree ("tenant","at","id");