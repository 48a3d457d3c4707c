import type { ReactNode } from "react";
import { classes } from "@/app/_ui/classes";

/** The columns of the imports, also while these are on their way. */
export function ImportsHead({ hasPeople }: { hasPeople: boolean }) {
  return (
    <thead className="border-b text-xs text-quiet">
      <tr className="h-9">
        <Head className="sm:w-[17%]">Name</Head>
        <Head className="max-md:hidden">Source</Head>
        <Head className="max-lg:hidden">Target</Head>
        <Head className="w-32">Status</Head>
        <Head className="w-34 max-sm:hidden">Progress</Head>
        <Head className="w-22 text-right max-xl:hidden">Size</Head>
        <Head className="w-27 max-sm:hidden lg:max-xl:hidden">Started</Head>
        <Head className="w-22 text-right max-xl:hidden">Took</Head>
        {hasPeople && <Head className="w-28 max-lg:hidden">By</Head>}
      </tr>
    </thead>
  );
}

function Head({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={classes("px-4 font-normal", className)}>
      {children}
    </th>
  );
}
