import { notFound } from "next/navigation";

/** What no other page is: by a page of its own, since Next answers some requests for none as if it had failed. */
export default function MissingPage(): never {
  notFound();
}
