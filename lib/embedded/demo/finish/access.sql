-- Who sees whom, and what the planner should know.

alter table ops.employees enable row level security;

create policy own_site on ops.employees
  using (warehouse_id = nullif(current_setting('shop.warehouse', true), '')::integer);
create policy no_backdating on ops.employees as restrictive for insert
  with check (left_on is null);

create statistics public.addresses_place (ndistinct, dependencies, mcv)
  on country, postcode, city from public.addresses;
create statistics ops.stock_movements_kind (dependencies)
  on kind, warehouse_id from ops.stock_movements;
create statistics sales.orders_month
  on (date_trunc('month', placed_at at time zone 'UTC')), state from sales.orders;

alter table ops.page_views alter column path set statistics 400;
alter table catalog.products alter column description set storage external;
