import { expect, test } from "vitest";
import { Unwind } from "./unwind";

function recording() {
  const done: string[] = [];
  const step = (name: string) => async () => {
    done.push(name);
  };
  return { done, step };
}

test("stops in the reverse order, once", async () => {
  const { done, step } = recording();
  const unwind = new Unwind();
  for (const name of ["server", "runner", "web"]) await unwind.add(step(name));
  await unwind.run();
  await unwind.run();
  expect(done).toEqual(["web", "runner", "server"]);
});

test("a failing step does not keep the others running", async () => {
  const { done, step } = recording();
  const unwind = new Unwind();
  await unwind.add(step("server"));
  await unwind.add(() => Promise.reject(new Error("first")));
  await unwind.add(() => Promise.reject(new Error("second")));
  await expect(unwind.run()).rejects.toThrow("second");
  expect(done).toEqual(["server"]);
});

test("what comes up after the end is stopped at once, and nothing else is started on top of it", async () => {
  const { done, step } = recording();
  const unwind = new Unwind();
  await unwind.run();
  await expect(unwind.add(step("late"))).rejects.toThrow(/stopped/);
  expect(done).toEqual(["late"]);
});
