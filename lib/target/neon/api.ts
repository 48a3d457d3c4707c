import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "@neondatabase/api-client";
import type * as z from "zod";
import { FerryError } from "@/lib/errors/ferry-error";
import { callError, type Doing, NeonCallError, troubleOf } from "./call-error";

type Client = Api<unknown>;

/** Whose account it is, and where its API answers; null is Neon's own address. */
export interface NeonAccess {
  key: string;
  url: string | null;
}

export const isOfThisMachine = (url: string | null): boolean =>
  url !== null && ["127.0.0.1", "localhost"].includes(new URL(url).hostname);

/** Of which request a test wants to know; names are the client's. */
export type AfterCall = (name: string) => void | Promise<void>;

/** Longest that one request is waited for. */
export const CALL_TIMEOUT_MS = 20_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;

interface Request<T> extends Doing {
  name: keyof Client & string;
  shape: z.ZodType<T>;
  send: (client: Client) => Promise<{ data: unknown; status: number }>;
}

/**
 * Neon's API, asked with patience until `endsAt`: what may be sent again is sent again, with longer and longer pauses
 * and as Neon asks for (`Retry-After`). What may have been done already is not: see `madeOnce`.
 */
export class NeonApi {
  private client: Promise<Client> | undefined;
  private readonly startedAt = Date.now();

  constructor(
    private readonly access: NeonAccess,
    readonly endsAt: number,
    private readonly afterCall?: AfterCall,
  ) {}

  /** Whether it is the stand-in of this machine, whose servers are here as well. */
  get isHere(): boolean {
    return isOfThisMachine(this.access.url);
  }

  leftMs(): number {
    return this.endsAt - Date.now();
  }

  /** A question: asking twice harms nobody. */
  read<T>(request: Request<T>): Promise<T> {
    return this.call(request, true);
  }

  /** Throws a `lost` error where nobody knows whether it was done. */
  change<T>(request: Request<T>): Promise<T> {
    return this.call(request, false);
  }

  /** A change that comes to the same when it is made twice. */
  repeat<T>(request: Request<T>): Promise<T> {
    return this.call(request, true);
  }

  private async call<T>(request: Request<T>, isRepeatable: boolean): Promise<T> {
    const client = await this.connect();
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const error = await this.send(client, request);
      if (!(error instanceof NeonCallError)) return error.value;
      const mayRepeat = error.verdict === "again" || (isRepeatable && error.verdict === "lost");
      const pauseMs = error.trouble.retryAfterMs ?? waitMs * (0.75 + Math.random() / 2);
      if (!mayRepeat || this.leftMs() < pauseMs) throw error;
      await sleep(pauseMs);
    }
  }

  private async send<T>(client: Client, request: Request<T>): Promise<{ value: T } | NeonCallError> {
    let answer: { data: unknown; status: number };
    try {
      answer = await request.send(client);
    } catch (thrown) {
      const trouble = troubleOf(thrown, Date.now());
      if (!trouble) throw thrown;
      return callError(trouble, request, Math.round((Date.now() - this.startedAt) / 1000));
    }
    await this.afterCall?.(request.name);
    const parsed = request.shape.safeParse(answer.data);
    if (parsed.success) return { value: parsed.data };
    const [issue] = parsed.error.issues;
    const reason = `${issue?.path.join(".") || "it"}: ${issue?.message ?? "unknown"}`;
    throw new FerryError("neon.answer_unreadable", { doing: request.doing, reason });
  }

  /** Loaded when it is needed: most imports and commands never ask Neon. */
  private connect(): Promise<Client> {
    this.client ??= import("@neondatabase/api-client").then(({ createApiClient }) =>
      createApiClient({
        apiKey: this.access.key,
        ...(this.access.url ? { baseURL: this.access.url } : {}),
        timeout: CALL_TIMEOUT_MS,
        // A redirect would carry the key to wherever it points.
        maxRedirects: 0,
      }),
    );
    return this.client;
  }
}

/**
 * Makes something once, whatever becomes of the answers: it is looked for before it is made, and again whenever an
 * answer was lost or says that it is there already.
 */
export async function madeOnce<T>(
  api: NeonApi,
  find: () => Promise<T | null>,
  make: () => Promise<T>,
  settleMs = FIRST_WAIT_MS,
): Promise<T> {
  for (let waitMs = settleMs; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const found = await find();
    if (found !== null) return found;
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof NeonCallError) || error.verdict !== "lost" || api.leftMs() < waitMs) throw error;
      await sleep(waitMs);
    }
  }
}
