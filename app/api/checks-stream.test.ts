import { describe, expect, it } from "vitest";
import { FerryError } from "@/lib/errors/ferry-error";
import { LINES, respondWithChecks } from "./checks-stream";

const request = (accept: string) =>
  new Request("http://localhost/api/imports", { method: "POST", headers: { accept } });
const size = { category: "size" as const, checks: 5, findings: [] };

const linesOf = async (response: Response | Promise<Response>) =>
  (await (await response).text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("what is answered while checks run", () => {
  it("is a line for each category, and what came of it", async () => {
    const answer = respondWithChecks(request(LINES), async (onCategory) => {
      onCategory?.(size);
      return { id: "01J" };
    });
    expect(await linesOf(answer)).toEqual([{ category: size }, { done: { id: "01J" } }]);
  });

  it("ends with the error, and the side that it is about", async () => {
    const answer = respondWithChecks(request(LINES), async () => {
      throw new FerryError("connect.database_missing", { side: "target", database: "nowhere" });
    });
    expect(await linesOf(answer)).toMatchObject([{ error: { code: "connect.database_missing" }, side: "target" }]);
  });

  it("is one document for those who do not ask for lines", async () => {
    const response = await respondWithChecks(request("application/json"), async () => ({ id: "01J" }), 201);
    expect([response.status, await response.json()]).toEqual([201, { id: "01J" }]);
  });
});
