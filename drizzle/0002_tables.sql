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
ALTER TABLE "failure" ADD COLUMN "customer_id" text collate "C";--> statement-breakpoint
CREATE UNIQUE INDEX "email_change_one_pending" ON "email_change" USING btree ("tenant","customer_id") WHERE confirmed_at is null;--> statement-breakpoint
CREATE INDEX "email_change_of_customer" ON "email_change" USING btree ("tenant","customer_id");--> statement-breakpoint
CREATE INDEX "email_change_reserves" ON "email_change" USING btree ("tenant","old_email_key");--> statement-breakpoint
CREATE INDEX "email_change_by_age" ON "email_change" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "failure_of_customer" ON "failure" USING btree ("tenant","customer_id");