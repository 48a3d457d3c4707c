import { type Mismatch, type MismatchKind, mismatchKinds } from "./match";

interface Words {
  /** What is wrong with those that are listed after it. */
  what: string;
  remedy: string;
}

const MIGRATE = "Run your migrations on the target, or leave these tables out.";

const WORDS: Record<MismatchKind, Words> = {
  missing_table: { what: "The target lacks tables", remedy: MIGRATE },
  not_a_table: {
    what: "What has the name of a table on the target is not an ordinary table, or is partitioned in another way",
    remedy: "Rows go into the table or partition of the same name: make it as it is on the source, or leave it out.",
  },
  missing_column: { what: "The target lacks columns", remedy: MIGRATE },
  needed_column: {
    what: "Columns that only the target has must not be null, and have no default",
    remedy: "Give them a default on the target, or let them be null.",
  },
  type: {
    what: "Columns have another type on the target",
    remedy:
      "Types have to be the same, so that each value arrives as it is: change one side, or leave these tables out.",
  },
  generated: {
    what: "Columns are generated on one side only",
    remedy: "Make them alike on both sides, or leave these tables out.",
  },
  not_empty: {
    what: "Tables of the target have rows already",
    remedy: "Empty them if nobody needs the rows, or leave these tables out: nothing is overwritten.",
  },
  not_owned: {
    what: "The importing user does not own these tables of the target",
    remedy: "Connect as their owner: triggers and foreign keys are put aside while rows are loaded.",
  },
  row_security: {
    what: "Row security of the target applies to the importing user in these tables",
    remedy: "Connect as one to whom it does not apply.",
  },
  key_of_others: {
    what: "Foreign keys of the target join a table that is filled with one of another owner",
    remedy: "Connect as a member of both owners: such a key is put aside while rows are loaded.",
  },
  key_disabled: {
    what: "A superuser has switched off foreign keys of the target",
    remedy: "Switch them on or drop them: they are put aside while rows are loaded, and come back switched on.",
  },
  fixed_trigger: {
    what: "Before Postgres 15 only a superuser may switch off what partitions have of their parent's triggers",
    remedy: "Drop these triggers on the target and create them again after the import.",
  },
  sequence: {
    what: "Sequences have other limits on the target",
    remedy: "Give both the same lowest and highest value.",
  },
};

export interface MismatchSentence {
  kind: MismatchKind;
  /** The first that it is about. */
  subject: string;
  message: string;
  remedy: string;
}

const SHOWN = 10;

/** One sentence for each kind, with the first that it is about. Pure. */
export function mismatchSentences(mismatches: readonly Mismatch[]): MismatchSentence[] {
  return mismatchKinds.flatMap((kind) => {
    const words = mismatches.filter((one) => one.kind === kind).map((one) => one.words);
    const [subject] = words;
    if (subject === undefined) return [];
    const more = words.length > SHOWN ? ` and ${words.length - SHOWN} more` : "";
    const { what, remedy } = WORDS[kind];
    return [{ kind, subject, message: `${what}: ${words.slice(0, SHOWN).join(", ")}${more}.`, remedy }];
  });
}
