import { describe, expect, test } from "vitest";
import { packagesMissing } from "./install.mjs";

const machine = { platform: "linux", arch: "x64" };
const native = { version: "1.0.0", optional: true, os: ["linux"], cpu: ["x64"] };

describe("packagesMissing", () => {
  test.each<[string, Record<string, object>, Record<string, object>, string[]]>([
    ["nothing is installed", { "node_modules/a": { version: "1.0.0" } }, {}, ["a"]],
    ["all is there", { "node_modules/a": { version: "1.0.0" } }, { "node_modules/a": { version: "1.0.0" } }, []],
    [
      "another version is there",
      { "node_modules/a": { version: "1.0.1" } },
      { "node_modules/a": { version: "1.0.0" } },
      ["a"],
    ],
    ["the project itself does not count", { "": { version: "0.1.0" } }, {}, []],
    ["a program for this machine is missing", { "node_modules/@x/native": native }, {}, ["@x/native"]],
    ["one for another system", { "node_modules/a": { ...native, os: ["darwin"] } }, {}, []],
    ["one for another processor", { "node_modules/a": { ...native, cpu: ["arm64"] } }, {}, []],
    ["one for another C library, perhaps", { "node_modules/a": { ...native, libc: ["musl"] } }, {}, []],
    ["an optional one for any machine", { "node_modules/a": { version: "1.0.0", optional: true } }, {}, []],
  ])("%s", (_, wanted, installed, missing) => {
    expect(packagesMissing(wanted, installed, machine)).toEqual(missing);
  });
});
