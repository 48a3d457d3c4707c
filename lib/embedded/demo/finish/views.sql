-- What people look at.

create recursive view catalog.category_paths (id, path, depth) as
  select id, name, 1 from catalog.categories where parent_id is null
  union all
  select child.id, parent.path || ' › ' || child.name, parent.depth + 1
  from catalog.categories child
  join category_paths parent on parent.id = child.parent_id;

create view catalog.active_variants as
  select id, product_id, sku, option_value, price, active
  from catalog.product_variants
  where active
  with local check option;

create view catalog.price_list as
  select
    products.id as product_id, brands.name as brand, products.name, paths.path as category,
    min(variants.price) as price_from, max(variants.price) as price_to,
    array_agg(variants.option_value order by variants.id) as options, products.rating
  from catalog.products
  join catalog.brands on brands.id = products.brand_id
  join catalog.category_paths paths on paths.id = products.category_id
  join catalog.active_variants variants on variants.product_id = products.id
  group by products.id, brands.name, paths.path;

create view sales.order_overview with (security_barrier) as
  select
    orders.order_number, orders.state, orders.placed_at, customers.full_name as customer, orders.total,
    count(lines.line_no) as lines, sum(lines.quantity) as pieces,
    (
      select string_agg(shipments.tracking_code, ', ' order by shipments.id)
      from sales.shipments where shipments.order_id = orders.id
    ) as parcels
  from sales.orders
  join public.customers on customers.id = orders.customer_id
  join sales.order_lines lines on lines.order_id = orders.id
  group by orders.id, customers.full_name;

create view public.customer_summary as
  select
    customers.id, customers.full_name, customers.email, customers.country,
    count(orders.id) as orders, coalesce(sum(orders.total), 0) as spent, max(orders.placed_at) as last_order_at
  from public.customers
  left join sales.orders on orders.customer_id = customers.id and orders.state in ('shipped', 'delivered')
  where customers.deleted_at is null
  group by customers.id;

create view ops.low_stock as
  select
    warehouses.name as warehouse, variants.sku, products.name as product, levels.quantity, levels.shelf,
    coalesce(sum(incoming.quantity), 0) as on_its_way
  from ops.stock_levels levels
  join ops.warehouses on warehouses.id = levels.warehouse_id
  join catalog.product_variants variants on variants.id = levels.variant_id
  join catalog.products on products.id = variants.product_id
  left join (
    ops.purchase_order_lines incoming
    join ops.purchase_orders on purchase_orders.id = incoming.purchase_order_id and purchase_orders.received_at is null
  ) on incoming.variant_id = levels.variant_id and purchase_orders.warehouse_id = levels.warehouse_id
  where levels.quantity < 8
  group by warehouses.name, variants.sku, products.name, levels.quantity, levels.shelf;

create materialized view sales.monthly_revenue as
  select
    date_trunc('month', orders.placed_at at time zone 'UTC')::date as month, customers.country,
    count(*) as orders, sum(orders.total) as gross, sum(sales.vat_of(orders.total, orders.vat_percent)) as vat
  from sales.orders
  join public.customers on customers.id = orders.customer_id
  where orders.state in ('shipped', 'delivered')
  group by 1, 2
  order by 1, 2;

create unique index monthly_revenue_key on sales.monthly_revenue (month, country);

create view sales.revenue_with_net as
  select month, country, orders, gross, gross - vat as net from sales.monthly_revenue;

-- Rests on a view of the one above: refreshed after it.
create materialized view sales.yearly_revenue as
  select extract(year from month)::integer as year, sum(orders) as orders, sum(gross) as gross, sum(net) as net
  from sales.revenue_with_net
  group by 1
  order by 1;
