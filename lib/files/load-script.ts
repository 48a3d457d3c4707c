import type { Client } from "pg";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import { type LeftOutStatement, mayBeLeftOut, statementWords } from "./left-out-statement";
import { type ScriptItem, ScriptReader } from "./script-reader";
import { copyIn, runStatements, type SessionWatch, watchSession } from "./wire";

export interface ScriptReport {
  kind: "script";
  statements: number;
  rows: number;
  leftOut: LeftOutStatement[];
  /** Also those that are not named. */
  leftOutCount: number;
}

/** Rows that are statements of their own travel together, up to this many characters. */
const TOGETHER = 256 * 1024;
const MOST_NAMED = 200;
/** What pg_dump itself writes since 2025, around all of its script: it makes psql refuse everything else of the kind. */
const HARMLESS = /^\\(un)?restrict( \S+)?$/;

/** SQL_ASCII says that nothing is known: the server then takes it for UTF-8, and refuses what is none. */
const UNCHANGED_ENCODINGS = new Set(["UTF8", "SQL_ASCII"]);

type Statement = Extract<ScriptItem, { kind: "statement" }>;

/**
 * Plays a script as psql would, in a session of a role that owns this one database and nothing else: what the script may
 * do is decided by the server. What is refused ends the load, unless `mayBeLeftOut`.
 */
export async function loadScript(client: Client, chunks: AsyncIterable<Buffer>): Promise<ScriptReport> {
  return new ScriptLoad(client, chunks).run();
}

class ScriptLoad {
  readonly #reader = new ScriptReader();
  readonly #watch: SessionWatch;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #report: ScriptReport = { kind: "script", statements: 0, rows: 0, leftOut: [], leftOutCount: 0 };
  /** Of the session, as the script has set it. */
  #encoding = "UTF8";
  #waiting: Statement[] = [];
  #waitingLength = 0;

  constructor(
    private readonly client: Client,
    chunks: AsyncIterable<Buffer>,
  ) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#watch = watchSession(client, (name, value) => {
      if (name === "standard_conforming_strings") this.#reader.standardStrings = value === "on";
      if (name === "client_encoding") this.#encoding = value;
    });
  }

  async run(): Promise<ScriptReport> {
    try {
      for (let item = await this.#next(); item !== null; item = await this.#next()) await this.#play(item);
      await this.#flush();
    } finally {
      // Its file is closed.
      await this.#chunks.return?.();
    }
    if (this.#watch.isInTransaction) throw new FerryError("file.transaction_open");
    return this.#report;
  }

  async #next(): Promise<ScriptItem | null> {
    for (let isOver = false; ; ) {
      const item = this.#reader.next();
      if (item || isOver) return item;
      const { value, done } = await this.#chunks.next();
      if (done) {
        this.#reader.end();
        isOver = true;
      } else this.#reader.push(value);
    }
  }

  async #play(item: ScriptItem): Promise<void> {
    if (item.kind === "statement" && /^insert\b/i.test(item.text)) {
      this.#waiting.push(item);
      this.#waitingLength += item.text.length;
      if (this.#waitingLength >= TOGETHER) await this.#flush();
      return;
    }
    await this.#flush();
    if (item.kind === "statement") return this.#statement(item);
    if (item.kind === "copy") return this.#copy(item.text, item.line);
    if (item.kind === "command" && (item.isInside || !HARMLESS.test(item.text)))
      throw new FerryError("file.command_refused", { line: item.line, command: item.text.split(/\s/, 1)[0] ?? "" });
  }

  async #flush(): Promise<void> {
    const statements = this.#waiting;
    if (statements.length === 0) return;
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#watch.completed = 0;
    try {
      this.#report.rows += await runStatements(this.client, statements.map(({ text }) => text).join("\n"));
    } catch (error) {
      throw failed(error, statements[this.#watch.completed] ?? statements[0]);
    }
    this.#report.statements += statements.length;
  }

  async #statement(statement: Statement): Promise<void> {
    const isGuarded =
      this.#watch.isInTransaction && !/^(commit|end|rollback|abort|begin|start)\b/i.test(statement.text);
    if (isGuarded) await this.client.query("savepoint _ferry_statement");
    try {
      this.#report.rows += await runStatements(this.client, statement.text);
      this.#report.statements += 1;
    } catch (error) {
      if (!mayBeLeftOut(statement.text, sqlstateOf(error))) throw failed(error, statement);
      if (isGuarded) await this.client.query("rollback to savepoint _ferry_statement");
      this.#leaveOut(statement, messageOf(error));
    }
    if (isGuarded && this.#watch.isInTransaction) await this.client.query("release savepoint _ferry_statement");
    // What is sent is UTF-8: the server would take it for something else.
    if (!UNCHANGED_ENCODINGS.has(this.#encoding))
      throw new FerryError("file.other_encoding", { line: statement.line, encoding: this.#encoding });
  }

  #leaveOut({ text, line }: Statement, why: string): void {
    this.#report.leftOutCount += 1;
    if (this.#report.leftOut.length < MOST_NAMED) this.#report.leftOut.push({ line, what: statementWords(text), why });
  }

  async #copy(text: string, line: number): Promise<void> {
    try {
      this.#report.rows += await copyIn(this.client, text, this.#rows());
      this.#report.statements += 1;
    } catch (error) {
      throw failed(error, { kind: "statement", text, line });
    }
  }

  async *#rows(): AsyncGenerator<Buffer> {
    for (let item = await this.#next(); item?.kind === "rows"; item = await this.#next()) yield item.bytes;
  }
}

/** The line of a row that COPY refuses, counted from the first row. */
const copyLine = (error: unknown): number =>
  Number(/^COPY .*?, line (\d+)/.exec((error as { where?: string }).where ?? "")?.[1] ?? 0);

function failed(error: unknown, statement: Statement | undefined): unknown {
  const sqlstate = sqlstateOf(error);
  // Not the server's word on the statement: the connection, the file, or a FerryError of the reader's.
  if (sqlstate === null || statement === undefined) return error;
  if (sqlstate.startsWith("53")) return new FerryError("file.disk_full", {}, { cause: error });
  const line = statement.line + copyLine(error);
  const context = { line, statement: statementWords(statement.text), reason: messageOf(error), sqlstate };
  return new FerryError("file.statement_failed", context, { cause: error });
}
