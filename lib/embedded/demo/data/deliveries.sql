-- Parcels: outdoor goods leave from Leipzig (1), homeware from Utrecht (2), so that an order may come in two.

insert into sales.shipments (id, order_id, warehouse_id, carrier, tracking_code, weight_g, packed_at, shipped_at, delivered_at)
select
  row_number() over (order by packed_at, order_id, warehouse_id), order_id, warehouse_id, carrier,
  format('%s%s%s', upper(left(carrier, 2)), warehouse_id, to_char(order_id * 7919 % 9999991, 'FM0000000')),
  weight_g, packed_at,
  case when state <> 'packed' then shipped_at end,
  case when state in ('delivered', 'returned') then delivered_at - (warehouse_id % 2) * interval '17 minutes' end
from (
  select
    placed_order.id as order_id, state, packed_at, shipped_at, delivered_at,
    case when product_id <= 240 then 1 else 2 end as warehouse_id,
    case countries.region
      when 'north' then pg_temp.pick('{Nordpost,Nordpost,Grønbud}', placed_order.id, 311)
      when 'central' then pg_temp.pick('{Paketwerk,Paketwerk,Ruhrkurier,Grønbud}', placed_order.id, 312)
      else pg_temp.pick('{Paketwerk,Colis Direct,Colis Direct}', placed_order.id, 313)
    end as carrier,
    180 + sum(quantity * weight_g)::integer as weight_g
  from placed_order
  join placed_line on placed_line.order_id = placed_order.id
  join catalog.product_variants on product_variants.id = placed_line.variant_id
  join public.countries on countries.code = placed_order.country
  where state in ('packed', 'shipped', 'delivered', 'returned')
  group by placed_order.id, state, packed_at, shipped_at, delivered_at, 6, countries.region
) parcels;

insert into ops.parcel_scans (region, scanned_at, shipment_id, event, place)
select countries.region, scan.at, shipments.id, scan.event::ops.scan_event, scan.place
from sales.shipments
join sales.orders on orders.id = shipments.order_id
join public.addresses using (customer_id, address_no)
join public.countries on countries.code = addresses.country
cross join lateral (select case shipments.warehouse_id when 1 then 'Leipzig' else 'Utrecht' end as town) warehouse
cross join lateral (values
  ('label created', shipments.packed_at, warehouse.town),
  ('picked up', shipments.shipped_at, warehouse.town),
  (
    'sorted',
    shipments.shipped_at + interval '7 hours' + pg_temp.draw(shipments.id, 321, 9000) * interval '1 second',
    case countries.region when 'north' then 'Padborg' when 'central' then 'Kassel' else 'Metz' end
  ),
  (
    'out for delivery',
    shipments.delivered_at::date + time '06:10' + pg_temp.draw(shipments.id, 322, 5400) * interval '1 second',
    addresses.city
  ),
  ('delivered', shipments.delivered_at, addresses.city)
) scan (event, at, place)
where scan.at < timestamptz '2025-07-01 09:30'
order by scan.at, shipments.id;
