ALTER TABLE "units" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "overruns" integer DEFAULT 0 NOT NULL;