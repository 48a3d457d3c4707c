import { expect, it } from "vitest";
import { rememberSecret } from "@/lib/security/redact";
import { withoutSecrets } from "./stored-error";

it("keeps an error without the secrets in a server's words", () => {
  rememberSecret("Tr0ub4dor&3");
  const reason = "password Tr0ub4dor&3 at postgres://anna:hunter22@db.example/shop";
  const kept = withoutSecrets({ code: "connect.failed", context: { host: "db.example", port: 5432, reason } });
  expect(kept).toEqual({
    code: "connect.failed",
    context: { host: "db.example", port: 5432, reason: "password ••• at postgres://anna:•••@db.example/shop" },
  });
});
