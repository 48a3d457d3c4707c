export { engine as inngest } from "@/lib/engine/client";
