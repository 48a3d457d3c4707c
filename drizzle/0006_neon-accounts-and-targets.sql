CREATE TABLE "neon_accounts" (
	"owner_id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"last_four" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "neon_targets" (
	"import_id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"place" jsonb NOT NULL,
	"made" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "neon_targets" ADD CONSTRAINT "neon_targets_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;