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
ALTER TABLE "session" ADD COLUMN "provider_refresh" text;--> statement-breakpoint
ALTER TABLE "session_token" ADD CONSTRAINT "session_token_ends_with_session" FOREIGN KEY ("tenant","session_id") REFERENCES "public"."session"("tenant","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_token_of_session" ON "session_token" USING btree ("tenant","session_id");--> statement-breakpoint
CREATE INDEX "session_token_by_expiry" ON "session_token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "signed_out_by_age" ON "signed_out" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_one_identity" ON "customer" USING btree ("tenant",split_part(password_hash, '$', 3)) WHERE password_hash like '$hanzo$%';