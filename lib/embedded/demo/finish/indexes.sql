-- The catalogue is searched from every side, so products carry the most indexes.

create index products_category_idx on catalog.products (category_id, launched_on desc);
create index products_brand_idx on catalog.products (brand_id) include (name, rating);
create index products_current_idx on catalog.products (category_id, rating desc nulls last) where discontinued_on is null;
create index products_lower_name_idx on catalog.products (lower(name));
create index products_slug_prefix_idx on catalog.products (slug text_pattern_ops);
create index products_name_trigram_idx on catalog.products using gin (name public.gin_trgm_ops);
create index products_search_idx on catalog.products using gin (search);
create index products_materials_idx on catalog.products using gin (materials);
create index products_seasons_idx on catalog.products using gin (seasons);
create index products_attributes_idx on catalog.products using gin (attributes jsonb_path_ops);
create index products_care_idx on catalog.products using gist (care);
create index products_comfort_idx on catalog.products using gist (comfort_celsius) where comfort_celsius is not null;
create index products_water_column_idx on catalog.products (((attributes ->> 'water_column_mm')::integer))
  where attributes ? 'water_column_mm';

create index categories_parent_idx on catalog.categories (parent_id);
create index product_variants_active_idx on catalog.product_variants (product_id, price) where active;
create index reviews_product_idx on catalog.reviews (product_id, rating desc, written_at desc);
create index reviews_body_trigram_idx on catalog.reviews using gist (body public.gist_trgm_ops);

create index customers_name_idx on public.customers (lower(family_name), lower(given_name));
create index customers_country_idx on public.customers (country) where deleted_at is null;
create index customers_language_idx on public.customers ((preferences ->> 'language'));
create index addresses_postcode_idx on public.addresses (country, postcode);
create index "NewsletterOptIn_Topics_idx" on public."NewsletterOptIn" using gin ("Topics");
create index wishlist_items_product_idx on public.wishlist_items (product_id);

create index orders_customer_idx on sales.orders (customer_id, placed_at desc) include (state, total);
create index orders_placed_idx on sales.orders (placed_at);
create index orders_open_idx on sales.orders (placed_at) where state in ('pending', 'paid', 'packed');
create index order_lines_variant_idx on sales.order_lines (variant_id) include (quantity);
create index payments_order_idx on sales.payments (order_id);
create unique index payments_one_success_idx on sales.payments (order_id) where state <> 'failed';
create index invoices_issued_idx on sales.invoices (issued_on);
create index shipments_under_way_idx on sales.shipments (carrier, shipped_at) where delivered_at is null;
create index shipments_tracking_idx on sales.shipments using hash (tracking_code);

create index shifts_during_idx on ops.shifts using gist (during);
create index stock_movements_shelf_idx on ops.stock_movements (variant_id, warehouse_id, moved_at desc);
create index stock_movements_moved_idx on ops.stock_movements using brin (moved_at) with (pages_per_range = 16);
create index stock_movements_order_idx on ops.stock_movements (order_id, order_line_no) where order_id is not null;
create index audit_log_row_idx on ops.audit_log using gin (row_key, after);
create index audit_log_changed_idx on ops.audit_log using brin (changed_at);

create index page_views_viewed_idx on ops.page_views using brin (viewed_at);
create index page_views_path_idx on ops.page_views (path, viewed_at);
create index page_views_visitor_idx on ops.page_views (visitor);
create index parcel_scans_shipment_idx on ops.parcel_scans (shipment_id, scanned_at);
