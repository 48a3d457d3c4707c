import { aiven } from "./known/aiven";
import { aurora } from "./known/aurora";
import { azure } from "./known/azure";
import { cloudSql } from "./known/cloud-sql";
import { crunchy } from "./known/crunchy";
import { digitalOcean } from "./known/digitalocean";
import { fly } from "./known/fly";
import { heroku } from "./known/heroku";
import { neon } from "./known/neon";
import { planetScale } from "./known/planetscale";
import { railway } from "./known/railway";
import { rds } from "./known/rds";
import { render } from "./known/render";
import { supabase } from "./known/supabase";
import { timescale } from "./known/timescale";
import { vercel } from "./known/vercel";
import { xata } from "./known/xata";

/** In the order in which they are looked for: who lives on another's servers comes before that other. */
export const PROVIDERS = [
  supabase,
  heroku,
  neon,
  vercel,
  aurora,
  rds,
  render,
  railway,
  cloudSql,
  azure,
  digitalOcean,
  crunchy,
  timescale,
  aiven,
  fly,
  planetScale,
  xata,
] as const;

export type { AddressRule, Provider } from "./provider";
