import type { StructuralHarm } from "../structural-harms";

export const sequences: StructuralHarm[] = [
  {
    harm: "a sequence is one behind",
    sql: "select setval('shop.orders_id_seq', 39)",
    names: "sequence shop.orders_id_seq",
    says: /next value 41.*next value 40/s,
  },
  {
    harm: "the sequence of an identity column starts again",
    sql: "alter table shop.customers alter id restart",
    names: "sequence shop.customers_id_seq",
    says: /next value 1$/,
  },
  {
    harm: "a sequence has forgotten that its value was given out",
    sql: "select setval('shop.tickets', 105, false)",
    names: "sequence shop.tickets",
    says: /next value 110.*next value 105/s,
  },
  {
    harm: "a sequence is ahead",
    sql: "select setval('shop.tickets', 1000)",
    names: "sequence shop.tickets",
    says: /next value 1005/,
  },
  {
    harm: "a sequence counts in other steps",
    sql: "alter sequence shop.tickets increment 1",
    names: "sequence shop.tickets",
    says: /INCREMENT BY 5/,
  },
  {
    harm: "a sequence keeps more in hand",
    sql: "alter sequence shop.tickets cache 7",
    names: "sequence shop.tickets",
    says: /CACHE 7/,
  },
  {
    harm: "a sequence ends earlier",
    sql: "alter sequence shop.tickets maxvalue 500",
    names: "sequence shop.tickets",
    says: /MAXVALUE 500$/m,
  },
  {
    harm: "a sequence goes round",
    sql: "alter sequence shop.tickets cycle",
    names: "sequence shop.tickets",
    says: /CYCLE/,
  },
  {
    harm: "a sequence belongs to no column",
    sql: "alter sequence shop.orders_id_seq owned by none",
    names: "sequence owned by shop.orders_id_seq",
    says: /missing/,
    apart: "orders_id",
  },
];
