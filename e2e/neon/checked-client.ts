import { createApiClient } from "@neondatabase/api-client";
import { expect } from "vitest";
import { openApi } from "./open-api";

const document = openApi();

/** The real client, with an eye on every answer that it gets: each must be as the OpenAPI document says. */
export function checkedClient({ baseUrl, apiKey }: { baseUrl: string; apiKey: string }) {
  const client = createApiClient({ apiKey, baseURL: baseUrl });
  const seen = new Set<string>();
  const judge = (answer: { status: number; data: unknown; config: { method?: string; url?: string } }) => {
    const { pathname } = new URL(answer.config.url ?? "", "http://any");
    const method = (answer.config.method ?? "get").toUpperCase();
    const operation = document.find(method, pathname.replace(new URL(baseUrl).pathname, ""));
    seen.add(operation.call);
    expect(operation.complaints(answer.status, answer.data), `${operation.call} ${answer.status}`).toEqual([]);
  };
  client.instance.interceptors.response.use(
    (answer) => {
      judge(answer);
      return answer;
    },
    (error) => {
      if (error.response) judge(error.response);
      throw error;
    },
  );
  return { client, seen };
}

export type CheckedClient = ReturnType<typeof checkedClient>["client"];
