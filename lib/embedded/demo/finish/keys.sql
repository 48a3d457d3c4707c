-- What refers to what. Added after the data, so that each is checked in one pass.

alter table catalog.categories add foreign key (parent_id) references catalog.categories on delete restrict;
alter table catalog.suppliers add foreign key (country) references public.countries;
alter table catalog.brands add foreign key (supplier_id) references catalog.suppliers;
alter table catalog.products
  add foreign key (category_id) references catalog.categories,
  add foreign key (brand_id) references catalog.brands;
alter table catalog.product_variants add foreign key (product_id) references catalog.products on delete cascade;
alter table catalog.price_history add foreign key (variant_id) references catalog.product_variants on delete cascade;
alter table catalog.product_relations
  add foreign key (product_id) references catalog.products on delete cascade,
  add foreign key (related_id) references catalog.products on delete cascade;
alter table catalog.reviews
  add foreign key (product_id) references catalog.products on delete cascade,
  add foreign key (customer_id) references public.customers;

alter table public.customers add foreign key (country) references public.countries on update cascade;
alter table public.addresses
  add foreign key (customer_id) references public.customers on delete cascade,
  add foreign key (country) references public.countries on update cascade;
alter table public."NewsletterOptIn" add foreign key ("customerId") references public.customers on delete cascade;
alter table public.wishlist_items
  add foreign key (customer_id) references public.customers on delete cascade,
  add foreign key (product_id) references catalog.products on delete cascade;

-- An order keeps the address it was sent to: the pair must exist, not only the customer.
alter table sales.orders
  add constraint orders_delivery_address_fkey
    foreign key (customer_id, address_no) references public.addresses (customer_id, address_no) on update cascade,
  add foreign key (coupon_id) references sales.coupons on delete set null;
alter table sales.order_lines
  add foreign key (order_id) references sales.orders on delete cascade,
  add foreign key (variant_id) references catalog.product_variants;
alter table sales.payments add foreign key (order_id) references sales.orders;
alter table sales.refunds
  add foreign key (payment_id) references sales.payments,
  add foreign key (approved_by) references ops.employees;
alter table sales.invoices add foreign key (order_id) references sales.orders deferrable initially deferred;
alter table sales.shipments
  add foreign key (order_id) references sales.orders,
  add foreign key (warehouse_id) references ops.warehouses;

-- A site has a manager and a manager has a site: whichever comes first is checked at commit.
alter table ops.warehouses
  add foreign key (country) references public.countries,
  add foreign key (manager_id) references ops.employees deferrable initially deferred;
alter table ops.employees
  add foreign key (warehouse_id) references ops.warehouses deferrable initially deferred,
  add foreign key (manager_id) references ops.employees deferrable;
alter table ops.shifts add foreign key (employee_id) references ops.employees on delete cascade;

alter table ops.purchase_orders
  add foreign key (supplier_id) references catalog.suppliers,
  add foreign key (warehouse_id) references ops.warehouses;
alter table ops.purchase_order_lines
  add foreign key (purchase_order_id) references ops.purchase_orders on delete cascade,
  add foreign key (variant_id) references catalog.product_variants;
alter table ops.stock_levels
  add foreign key (warehouse_id) references ops.warehouses,
  add foreign key (variant_id) references catalog.product_variants;
alter table ops.stock_movements
  add constraint stock_movements_shelf_fkey
    foreign key (warehouse_id, variant_id) references ops.stock_levels (warehouse_id, variant_id),
  add constraint stock_movements_order_line_fkey
    foreign key (order_id, order_line_no) references sales.order_lines (order_id, line_no) match full,
  add constraint stock_movements_purchase_line_fkey
    foreign key (purchase_order_id, purchase_order_line_no)
    references ops.purchase_order_lines (purchase_order_id, line_no) match full;

alter table ops.recall_notices add foreign key (product_id) references catalog.products;
alter table ops.page_views add foreign key (customer_id) references public.customers on delete set null;
alter table ops.parcel_scans add foreign key (shipment_id) references sales.shipments on delete cascade;

-- For the sheets to come; those of the past were never looked through.
alter table ops.carrier_rates add constraint price_known check (price > 0) not valid;
