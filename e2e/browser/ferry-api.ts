import { type APIRequestContext, request } from "@playwright/test";
import type { ImportView } from "@/lib/imports/view";

const SOON_MS = 120_000;
const LOOK_MS = 100;

type Body = Record<string, unknown>;

/** The JSON API, for what has to be there before a page is looked at. */
export interface FerryApi {
  create(input: Body): Promise<string>;
  start(input: Body): Promise<string>;
  /** The first view of it that is as awaited. */
  until(id: string, isThere: (view: ImportView) => boolean, patienceMs?: number): Promise<ImportView>;
  post(path: string, body?: Body): Promise<Record<string, string>>;
  /** The path of a new link. */
  share(id: string): Promise<string>;
  /** Cancels what it has begun and is still at work: it would take part in the next tests. */
  close(): Promise<void>;
}

export const DEMO: Body = { demo: true, target: { kind: "local" } };

/** With the headers of somebody, where people sign in. */
export async function ferryApi(baseURL: string | undefined, headers: Record<string, string> = {}): Promise<FerryApi> {
  const context: APIRequestContext = await request.newContext({ baseURL, extraHTTPHeaders: headers });
  const begun: string[] = [];

  const post = async (path: string, body: Body = {}) => {
    const answer = await context.post(path, { data: body, timeout: SOON_MS });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  const create = async (input: Body) => {
    const { id } = await post("/api/imports", input);
    if (!id) throw new Error("the import that was created has no id");
    begun.push(id);
    return id;
  };
  return {
    post,
    create,
    start: async (input) => {
      const id = await create(input);
      await post(`/api/imports/${id}/start`);
      return id;
    },
    until: async (id, isThere, patienceMs = SOON_MS) => {
      let last = "";
      for (const deadline = Date.now() + patienceMs; Date.now() < deadline; ) {
        const view: ImportView = await (await context.get(`/api/imports/${id}`)).json();
        if (isThere(view)) return view;
        last = `${view.status}: ${view.headline}`;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      throw new Error(`import ${id} did not get there in ${patienceMs / 1_000} seconds, ${last}`);
    },
    share: async (id) => String((await post(`/api/imports/${id}/share`)).path),
    close: async () => {
      for (const id of begun) await context.post(`/api/imports/${id}/cancel`, { data: { discard: true } });
      await context.dispose();
    },
  };
}
