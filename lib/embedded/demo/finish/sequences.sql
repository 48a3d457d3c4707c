-- Every key was given by hand above: the next one follows the last.

select setval(pg_get_serial_sequence('catalog.categories', 'id'), max(id)) from catalog.categories;
select setval(pg_get_serial_sequence('catalog.suppliers', 'id'), max(id)) from catalog.suppliers;
select setval(pg_get_serial_sequence('catalog.brands', 'id'), max(id)) from catalog.brands;
select setval(pg_get_serial_sequence('catalog.products', 'id'), max(id)) from catalog.products;
select setval(pg_get_serial_sequence('catalog.product_variants', 'id'), max(id)) from catalog.product_variants;
select setval(pg_get_serial_sequence('catalog.reviews', 'id'), max(id)) from catalog.reviews;
select setval(pg_get_serial_sequence('public.customers', 'id'), max(id)) from public.customers;
select setval(pg_get_serial_sequence('sales.coupons', 'id'), max(id)) from sales.coupons;
select setval(pg_get_serial_sequence('sales.orders', 'id'), max(id)) from sales.orders;
select setval('sales.order_number_seq', max(order_number)) from sales.orders;
select setval(pg_get_serial_sequence('sales.payments', 'id'), max(id)) from sales.payments;
select setval(pg_get_serial_sequence('sales.refunds', 'id'), max(id)) from sales.refunds;
select setval(pg_get_serial_sequence('sales.shipments', 'id'), max(id)) from sales.shipments;
select setval(pg_get_serial_sequence('ops.warehouses', 'id'), max(id)) from ops.warehouses;
select setval(pg_get_serial_sequence('ops.employees', 'id'), max(id)) from ops.employees;
select setval(pg_get_serial_sequence('ops.shifts', 'id'), max(id)) from ops.shifts;
select setval(pg_get_serial_sequence('ops.purchase_orders', 'id'), max(id)) from ops.purchase_orders;
select setval(pg_get_serial_sequence('ops.stock_movements', 'id'), max(id)) from ops.stock_movements;
select setval(pg_get_serial_sequence('ops.audit_log', 'id'), max(id)) from ops.audit_log;
select setval(pg_get_serial_sequence('ops.page_views', 'id'), max(id)) from ops.page_views;
