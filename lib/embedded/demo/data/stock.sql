-- Goods in and out. What a quarter needs is bought just before it begins, so that no shelf is ever below zero.

create temporary table departure on commit drop as
select
  line.order_id, line.line_no, line.variant_id, line.quantity, line.returned_quantity,
  placed_order.packed_at, placed_order.returned_at,
  date_trunc('quarter', placed_order.packed_at) as quarter
from placed_line line
join placed_order on placed_order.id = line.order_id
where placed_order.state in ('packed', 'shipped', 'delivered', 'returned');

create temporary table supply on commit drop as
select
  variant.id as variant_id, brand.supplier_id, supplier.lead_time,
  case when product.id <= 240 then 1 else 2 end as warehouse_id,
  round(variant.price * (38 + pg_temp.draw(product.id, 501, 15)) / 100, 2) as unit_cost
from catalog.product_variants variant
join catalog.products product on product.id = variant.product_id
join catalog.brands brand on brand.id = product.brand_id
join catalog.suppliers supplier on supplier.id = brand.supplier_id;

analyze departure;
analyze supply;

-- Ten per cent more than sold, in cartons of five, and a carton for the shelf. The last one is still on its way.
create temporary table draft_purchase on commit drop as
select
  dense_rank() over (order by quarter, supplier_id, warehouse_id)::integer as purchase_order_id,
  row_number() over (partition by quarter, supplier_id, warehouse_id order by variant_id)::smallint as line_no,
  supplier_id, warehouse_id, variant_id, needed, unit_cost, lead_time,
  case when quarter < '2025-08-01' then quarter - (2 + supplier_id % 7) * interval '1 day' + interval '9 hours' end as received_at,
  least(quarter - (2 + supplier_id % 7) * interval '1 day', timestamptz '2025-06-27') as due_at
from (
  select quarter, variant_id, ceil(sum(quantity) * 1.1 / 5)::integer * 5 + 5 as needed
  from departure
  group by quarter, variant_id
  union all
  select timestamptz '2025-10-01', variant_id, 10 + 5 * pg_temp.draw(variant_id, 502, 9)
  from supply
  where pg_temp.draw(variant_id, 503, 100) < 12
) demand
join supply using (variant_id);

insert into ops.purchase_orders (id, supplier_id, warehouse_id, ordered_at, received_at, total)
select
  purchase_order_id, supplier_id, warehouse_id,
  case when received_at is null then due_at else due_at - lead_time end + interval '10 hours 20 minutes',
  received_at, sum(needed * unit_cost)
from draft_purchase
group by purchase_order_id, supplier_id, warehouse_id, received_at, due_at, lead_time
order by purchase_order_id;

insert into ops.purchase_order_lines (purchase_order_id, line_no, variant_id, quantity, unit_cost)
select purchase_order_id, line_no, variant_id, needed, unit_cost
from draft_purchase
order by purchase_order_id, line_no;

create temporary table movement on commit drop as
select
  warehouse_id, variant_id, 'receipt'::ops.movement_kind as kind, needed as quantity, received_at as moved_at,
  null::integer as order_id, null::smallint as order_line_no, purchase_order_id, line_no as purchase_order_line_no
from draft_purchase
where received_at is not null
union all
select warehouse_id, variant_id, 'sale', -quantity, packed_at, order_id, line_no, null, null
from departure join supply using (variant_id)
union all
select warehouse_id, variant_id, 'return', returned_quantity, returned_at, order_id, line_no, null, null
from departure join supply using (variant_id)
where returned_quantity > 0
union all
-- Stock-taking on New Year's Eve finds one or two missing.
select warehouse_id, variant_id, 'correction', -1 - pg_temp.draw(variant_id, 511, 2), timestamptz '2024-12-31 16:00', null, null, null, null
from supply
where pg_temp.draw(variant_id, 512, 100) < 7
  and variant_id in (select variant_id from draft_purchase where received_at < '2024-12-31')
union all
-- Last season's colours go to the outlet.
select
  case leg.kind when 'transfer in' then 3 else warehouse_id end, variant_id, leg.kind::ops.movement_kind, leg.quantity, leg.moved_at,
  null, null, null, null
from supply
cross join (values
  ('transfer out', -3, timestamptz '2025-05-12 07:30'),
  ('transfer in', 3, timestamptz '2025-05-13 11:15')
) leg (kind, quantity, moved_at)
where pg_temp.draw(variant_id, 513, 100) < 12
  and variant_id in (select variant_id from draft_purchase where received_at < '2025-05-01');

insert into ops.stock_movements (
  id, warehouse_id, variant_id, kind, quantity, balance_after, moved_at,
  order_id, order_line_no, purchase_order_id, purchase_order_line_no
)
select
  row_number() over (order by moved_at, variant_id, kind, order_id),
  warehouse_id, variant_id, kind, quantity,
  sum(quantity) over (partition by warehouse_id, variant_id order by moved_at, kind, order_id),
  moved_at, order_id, order_line_no, purchase_order_id, purchase_order_line_no
from movement
order by 1;

insert into ops.stock_levels (warehouse_id, variant_id, quantity, shelf, updated_at)
select
  warehouse_id, variant_id, sum(quantity),
  format('%s-%s-%s', chr(65 + variant_id % 6), to_char(1 + pg_temp.draw(variant_id, 521, 48), 'FM00'), 1 + pg_temp.draw(variant_id, 522, 5)),
  max(moved_at)
from movement
group by warehouse_id, variant_id
order by warehouse_id, variant_id;
