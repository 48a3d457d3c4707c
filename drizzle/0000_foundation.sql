CREATE TABLE "archives" (
	"import_id" text NOT NULL,
	"side" text NOT NULL,
	"epoch" integer NOT NULL,
	"digest" text NOT NULL,
	"body" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archives_import_id_side_pk" PRIMARY KEY("import_id","side")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"import_id" text NOT NULL,
	"side" text NOT NULL,
	"sealed" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"wiped_at" timestamp with time zone,
	CONSTRAINT "credentials_import_id_side_pk" PRIMARY KEY("import_id","side")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"import_id" text NOT NULL,
	"position" integer NOT NULL,
	"code" text NOT NULL,
	"severity" text NOT NULL,
	"subject" text,
	"message" text NOT NULL,
	"remedy" text,
	"sql" text,
	CONSTRAINT "findings_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "import_events" (
	"import_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"level" text NOT NULL,
	"kind" text NOT NULL,
	"message" text NOT NULL,
	"context" jsonb NOT NULL,
	CONSTRAINT "import_events_import_id_seq_pk" PRIMARY KEY("import_id","seq")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"options" jsonb NOT NULL,
	"source" jsonb NOT NULL,
	"target" jsonb NOT NULL,
	"epoch" integer DEFAULT 1 NOT NULL,
	"lost_epoch" integer DEFAULT 0 NOT NULL,
	"run" integer DEFAULT 0 NOT NULL,
	"phase" text DEFAULT 'check' NOT NULL,
	"error" jsonb,
	"last_event_seq" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"import_id" text PRIMARY KEY NOT NULL,
	"tables" jsonb NOT NULL,
	"skipped" jsonb NOT NULL,
	"verdicts" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "share_links" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "share_links_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "snapshot_holders" (
	"import_id" text NOT NULL,
	"epoch" integer NOT NULL,
	"generation" integer NOT NULL,
	"holder" text NOT NULL,
	"snapshot" text NOT NULL,
	"horizon" text NOT NULL,
	"taken_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp with time zone,
	"release_asked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "snapshot_holders_import_id_epoch_generation_holder_pk" PRIMARY KEY("import_id","epoch","generation","holder")
);
--> statement-breakpoint
CREATE TABLE "unit_edges" (
	"import_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"depends_on" text NOT NULL,
	CONSTRAINT "unit_edges_import_id_depends_on_unit_id_pk" PRIMARY KEY("import_id","depends_on","unit_id")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"import_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"payload" jsonb NOT NULL,
	"cost" double precision NOT NULL,
	"state" text NOT NULL,
	"waiting_on" integer NOT NULL,
	"lane" integer,
	"lease_until" timestamp with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp with time zone,
	"rows_done" bigint DEFAULT 0 NOT NULL,
	"bytes_done" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"result" jsonb,
	"error" jsonb,
	CONSTRAINT "units_import_id_id_pk" PRIMARY KEY("import_id","id")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"import_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"equal" boolean NOT NULL,
	"source" text,
	"target" text,
	"detail" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "verifications_import_id_kind_subject_pk" PRIMARY KEY("import_id","kind","subject")
);
--> statement-breakpoint
ALTER TABLE "archives" ADD CONSTRAINT "archives_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_events" ADD CONSTRAINT "import_events_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot_holders" ADD CONSTRAINT "snapshot_holders_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_edges" ADD CONSTRAINT "unit_edges_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_created_at" ON "imports" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "share_links_import" ON "share_links" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "unit_edges_unit" ON "unit_edges" USING btree ("import_id","unit_id");--> statement-breakpoint
CREATE INDEX "units_claim" ON "units" USING btree ("import_id","state","waiting_on","cost");