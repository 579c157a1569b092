ALTER TABLE "customer" DROP CONSTRAINT "customer_status_known";--> statement-breakpoint
ALTER TABLE "customer" DROP CONSTRAINT "customer_merged_has_survivor";--> statement-breakpoint
ALTER TABLE "customer" DROP CONSTRAINT "customer_provisional_is_unverified";--> statement-breakpoint
ALTER TABLE "customer" DROP CONSTRAINT "customer_guest_has_no_password";