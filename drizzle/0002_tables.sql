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
ALTER TABLE "customer" ADD COLUMN "provisional" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "failure_by_age" ON "failure" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "session_of_customer" ON "session" USING btree ("tenant","customer_id","created_at");--> statement-breakpoint
CREATE INDEX "session_by_expiry" ON "session" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "customer" ADD CONSTRAINT "customer_provisional_is_unverified" CHECK (not provisional or status in ('unverified', 'disabled', 'merged', 'erased', 'deleted'));