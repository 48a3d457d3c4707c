CREATE TABLE "files" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_by" text,
	"size_bytes" bigint,
	"state" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"loaded_bytes" bigint DEFAULT 0 NOT NULL,
	"options" jsonb NOT NULL,
	"report" jsonb,
	"error" jsonb,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "files_changed_at" ON "files" USING btree ("changed_at");