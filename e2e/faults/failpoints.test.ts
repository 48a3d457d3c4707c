import { describe, expect, it } from "vitest";
import { type ArmedFailpoint, readFailpoints, strikes, struckIn } from "./failpoints";

describe("FERRY_FAILPOINTS", () => {
  it.each<[string, ArmedFailpoint[]]>([
    ["", []],
    ["gate.checked=kill", [{ name: "gate.checked", of: null, action: "kill", nth: 1 }]],
    ["copy.half=reset@40", [{ name: "copy.half", of: null, action: "reset", nth: 40 }]],
    ["ledger.worked/large-objects=hang@2", [{ name: "ledger.worked", of: "large-objects", action: "hang", nth: 2 }]],
    ["unit.done/index:12=error", [{ name: "unit.done", of: "index:12", action: "error", nth: 1 }]],
    [
      " unit.done=error , fail.moved=kill@1,",
      [
        { name: "unit.done", of: null, action: "error", nth: 1 },
        { name: "fail.moved", of: null, action: "kill", nth: 1 },
      ],
    ],
  ])("%j is read", (text, armed) => expect(readFailpoints(text)).toEqual(armed));

  it.each([
    ["gate.checked", /no failpoint with an action/],
    ["gate.checked=explode", /error\|kill\|reset\|hang/],
    ["gate.checked=kill@0", /no failpoint with an action/],
    ["gate.checked=kill@1.5", /no failpoint with an action/],
    ["gate.chekced=kill", /no failpoint gate\.chekced/],
    ["toString=kill", /no failpoint/],
  ])("%j is refused", (text, message) => expect(() => readFailpoints(text)).toThrow(message));
});

describe("an armed failpoint", () => {
  const struckBy = (text: string, passings: [Parameters<ReturnType<typeof strikes>>[0], string?][]) => {
    const told: string[] = [];
    const strike = strikes(
      readFailpoints(text),
      () => {},
      ({ name, nth }, { of }) => void told.push([name, of, nth].join(" ")),
    );
    for (const [name, of] of passings) strike(name, { of });
    return told;
  };

  it("strikes at its nth passing, once", () => {
    const passings = Array.from({ length: 5 }, (): ["unit.done", string] => ["unit.done", "copy:1"]);
    expect(struckBy("unit.done=kill@3", passings)).toEqual(["unit.done copy:1 3"]);
  });

  it("counts only the units that are meant", () => {
    const passings: ["unit.done", string][] = [
      ["unit.done", "constraints:1"],
      ["unit.done", "constraint:1"],
      ["unit.done", "constraint:2"],
    ];
    expect(struckBy("unit.done/constraint=kill@2", passings)).toEqual(["unit.done constraint:2 2"]);
    expect(struckBy("unit.done/constraint:1=kill", passings)).toEqual(["unit.done constraint:1 1"]);
  });

  it("leaves the others to themselves", () => {
    expect(struckBy("gate.checked=kill,gate.recorded=error", [["gate.recorded"], ["gate.checked"]])).toEqual([
      "gate.recorded  1",
      "gate.checked  1",
    ]);
  });

  it("throws where it is to be an error", async () => {
    const strike = strikes(readFailpoints("gate.checked=error"), () => {});
    await expect(strike("gate.checked", {})).rejects.toThrow("failpoint gate.checked");
    expect(strike("gate.checked", {})).toBeUndefined();
  });
});

it("what an engine tells of strikes is found among its other words", () => {
  expect(struckIn("Functions registered\nfailpoint struck: gate.checked=kill@1\nmore")).toEqual([
    "gate.checked=kill@1",
  ]);
});
